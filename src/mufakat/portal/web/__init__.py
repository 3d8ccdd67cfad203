"""The public's pages and each role's desk."""
