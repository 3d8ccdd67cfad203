"""Usulan: drafting, submission and the state each one is in."""
