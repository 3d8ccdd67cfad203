"""Pages of the village: its list, a proposal to write and check, the receipt."""
