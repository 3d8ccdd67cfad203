"""Official documents: rendering, numbering, hash and versions. Knows no proposals."""
