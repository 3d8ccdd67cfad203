"""After the forum: hand-over to the agencies, their answers, and the way into RKPD and APBD."""
