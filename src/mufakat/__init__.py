"""Mufakat: the Musrenbang kecamatan, from the village's proposal to the agreed Berita Acara."""

__version__ = "0.1.0"
