"""Regions: province to desa and kelurahan, with their official codes."""
