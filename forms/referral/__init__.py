"""Practice review referral."""
