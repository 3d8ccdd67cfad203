"""Free text becomes the responsible agency and the authority class, each with its reason.

`table.load()` reads the office's table; `classify.classify()` answers for one proposal.
"""
