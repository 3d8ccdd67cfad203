"""The kecamatan's check before the forum: authority, agency, return, refusal."""
