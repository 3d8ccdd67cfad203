"""The timetable of all forums as officers work with it: a workbook in; schedule, workbook and calendars out."""
