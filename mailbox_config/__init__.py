"""What a coordinator changes: settings, agency directory, calendar and deadlines, rule policy, letter policy."""
