"""Each role's desk: the situation as a heading, the one next step, what waits with its age, the year, the villages."""
