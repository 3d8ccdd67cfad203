"""Anybody may check a paper against what was issued."""
