"""Reads of what the notulis wrote (rule 88)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mufakat.drafting.papers import Material
from mufakat.forums.models import Notulen
from mufakat.forums.rules import parted_lines

if TYPE_CHECKING:
    from mufakat.forums.models import Forum


def notes_of(forum: Forum) -> Notulen:
    """What the notulis wrote, an empty one (version 0) while nothing is kept."""
    return Notulen.objects.filter(forum=forum).first() or Notulen(forum=forum, version=0)


def speeches_of(forum: Forum) -> tuple[str, ...]:
    """Who gave a speech, as the berita acara lists it."""
    return paragraphs(notes_of(forum).speeches)


def materials_of(forum: Forum) -> tuple[Material, ...]:
    """What was presented by whom, as the berita acara lists it."""
    return tuple(Material(*line) for line in parted_lines(notes_of(forum).materials, 2))


def paragraphs(text: str) -> tuple[str, ...]:
    """The lines of a text that say something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())
