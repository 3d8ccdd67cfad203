"""The timetable of all forums of a regency, proved the best."""
