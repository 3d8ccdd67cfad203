"""Pages after the forum: the agency's queue, lists per OPD, the supra list, what became of a village's proposals."""
