"""Bytes of a file looked at eight at a time (Mycroft 1987), for the compiled readers; little-endian machines only."""

from __future__ import annotations

from typing import Any

import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic

from mufakat.engines.ranking.budget.compiling import BYTES, inner

LOW, HIGH = np.uint64(0x0101010101010101), np.uint64(0x8080808080808080)
SEMICOLON, COMMA, QUOTE, LINE_FEED, RETURN, DOT, ZERO, NINE = 59, 44, 34, 10, 13, 46, 48, 57
SEMICOLONS, QUOTES, LINE_FEEDS = LOW * np.uint64(59), LOW * np.uint64(34), LOW * np.uint64(10)
BELOW_DASH = LOW * np.uint64(45)
FULL = ~np.uint64(0)

_intrinsic: Any = intrinsic
_place: Any = cgutils.gep


@_intrinsic  # type: ignore[untyped-decorator]
def _loaded(typing: Any, buf: Any, at: Any) -> Any:
    """Eight bytes from a place on as one number, wherever it lies in memory."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array = context.make_array(signature.args[0])(context, builder, arguments[0])
        place = _place(builder, array.data, arguments[1])
        found = builder.load(builder.bitcast(place, ir.IntType(64).as_pointer()))
        found.align = 1
        return found

    return types.uint64(buf, at), code


@_intrinsic  # type: ignore[untyped-decorator]
def _zeros(typing: Any, word: Any) -> Any:
    """How many of the lowest bits are not set; 64 for none set."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 0))

    return types.uint64(types.uint64), code


@inner("int64(uint64)", forceinline=True)
def lowest(word):  # type: ignore[no-untyped-def]
    """The place of the lowest bit that is set."""
    return np.int64(_zeros(word))


@inner(f"uint64({BYTES},int64)", forceinline=True)
def word_at(buf, at):  # type: ignore[no-untyped-def]
    """Eight bytes from a place on, line feeds standing for those after the end."""
    if at + 8 <= len(buf):
        return _loaded(buf, at)
    word = LINE_FEEDS
    for k in range(min(len(buf) - 1, at + 7), at - 1, -1):
        shift = np.uint64(8 * (k - at))
        word = (word & ~(np.uint64(255) << shift)) | (np.uint64(buf[k]) << shift)
    return word


@inner("uint64(uint64)", forceinline=True)
def empty_bytes(word):  # type: ignore[no-untyped-def]
    """Marks from the first byte that is 0 on; nothing before it is marked."""
    return (word - LOW) & ~word & HIGH


@inner("uint64(uint64)", forceinline=True)
def ends_of_name(word):  # type: ignore[no-untyped-def]
    """Marks from the first byte on that ends a name: a semicolon, comma, quote, space, or another sign below a dash."""
    return ((word - BELOW_DASH) & ~word & HIGH) | empty_bytes(word ^ SEMICOLONS)


@inner("uint64(uint64,int64)", forceinline=True)
def first_bytes(word, count):  # type: ignore[no-untyped-def]
    """The word with only its first bytes, fewer than eight, kept."""
    return word & ~(FULL << np.uint64(8 * count))


@inner(f"int64({BYTES},int64)")
def line_end(buf, at):  # type: ignore[no-untyped-def]
    """Where the line ends that a place stands in: at its line feed, or at the end."""
    while at < len(buf):
        marks = empty_bytes(word_at(buf, at) ^ LINE_FEEDS)
        if marks != 0:
            return min(at + (lowest(marks) >> 3), len(buf))
        at += 8
    return len(buf)


@inner(f"int64({BYTES},int64)")
def cell_end(buf, at):  # type: ignore[no-untyped-def]
    """Where the cell that begins at a place ends: at its semicolon, line feed, or the end; -1 for quotes that are not plain."""
    if at < len(buf) and buf[at] == QUOTE:
        at += 1
        while True:
            while at < len(buf) and buf[at] != QUOTE and buf[at] != LINE_FEED:
                at += 1
            if at >= len(buf) or buf[at] == LINE_FEED:
                return -1
            at += 1
            if at < len(buf) and buf[at] == QUOTE:
                at += 1
                continue
            end = at + 1 if at < len(buf) and buf[at] == RETURN else at
            if end >= len(buf) or buf[end] == LINE_FEED or (buf[at] == SEMICOLON and end == at):
                return end
            return -1
    while at < len(buf):
        word = word_at(buf, at)
        marks = empty_bytes(word ^ LINE_FEEDS) | empty_bytes(word ^ SEMICOLONS)
        if marks != 0:
            return min(at + (lowest(marks) >> 3), len(buf))
        at += 8
    return len(buf)


@inner(f"int64({BYTES},int64)", forceinline=True)
def rest_end(buf, at):  # type: ignore[no-untyped-def]
    """Where the line ends that the semicolon, or end, at a place stands in, whatever its cells hold; -1 as `cell_end`."""
    begin = at
    while at < len(buf):
        word = word_at(buf, at)
        marks = empty_bytes(word ^ LINE_FEEDS) | empty_bytes(word ^ QUOTES)
        if marks != 0:
            at += lowest(marks) >> 3
            if at >= len(buf) or buf[at] == LINE_FEED:
                return min(at, len(buf))
            break
        at += 8
    if at >= len(buf):
        return len(buf)
    at = begin
    while at < len(buf) and buf[at] == SEMICOLON:
        at = cell_end(buf, at + 1)
        if at < 0:
            return at
    return at
