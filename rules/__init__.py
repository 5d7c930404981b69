"""Records to findings. Pure: everything a rule looks at comes in as a `records.checking.Checkable`.

Start at `rules.engine`: `check_return`, `explain`, `all_rules`. One file per rule in `rules/checks/`.
"""
