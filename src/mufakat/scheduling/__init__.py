"""Bappeda's door to the timetable engine: problems as JSON or XLSX in, the printed Jadwal, XLSX and calendars out."""
