"""Accounts, the offices they hold (role × region × period), sign-in."""
