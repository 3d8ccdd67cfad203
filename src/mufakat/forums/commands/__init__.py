"""Writes of the forum: preparation, attendance, session, minutes. Each is one transaction with one audit line."""
