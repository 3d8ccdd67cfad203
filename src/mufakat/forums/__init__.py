"""The forum: preparation, attendance, decisions, delegates, hall screen and berita acara."""
