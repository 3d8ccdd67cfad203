"""Duplicates and overlaps among proposals, found and explained field by field."""
