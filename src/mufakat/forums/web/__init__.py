"""Pages of the forum: preparation, the day, the hall screen, the berita acara. They work without JavaScript."""
