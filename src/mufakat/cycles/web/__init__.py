"""Bappeda's page of the year."""
