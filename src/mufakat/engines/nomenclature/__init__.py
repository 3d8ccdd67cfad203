"""Free text becomes the responsible agency and the authority class, with its reason."""
