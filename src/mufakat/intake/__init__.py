"""Sheets that villages kept elsewhere come into the path: every row is taken or told of, nothing is lost (rule 24)."""
