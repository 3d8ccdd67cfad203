"""Writes of accounts and offices: by those who keep them, by each person about the own account, and the very first."""
