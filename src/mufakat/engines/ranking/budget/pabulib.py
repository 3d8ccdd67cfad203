"""Pabulib files (pabulib.org/format) read fast and robustly; every fault is told with its line.

Three readers, each taking what the one before finds unusual: `swift` reads approval and choose-one files in compiled
loops; the one here reads META and PROJECTS, and the votes by the compiled scanner of `quick`; else all of it line by
line, knowing every fault by its line. All give the same election.
"""

from __future__ import annotations

import csv
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

import numpy as np

from mufakat.engines.ranking.budget.election import Election, ElectionFaulty, Table, counted_otherwise
from mufakat.engines.ranking.budget.field import prepared
from mufakat.engines.ranking.budget.quick import Votes, quick_votes, repeated_voters
from mufakat.engines.ranking.budget.swift import MARK, UTF16, swift_election

KINDS = {
    "approval": "approval", "cumulative": "cumulative", "scoring": "cumulative", "ordinal": "ordinal",
    "choose-1": "choose-1", "choose1": "choose-1", "choose_1": "choose-1", "choose-one": "choose-1",
}  # fmt: skip
SECTIONS = ("META", "PROJECTS", "VOTES")
_SECTION = re.compile(rb"^[ \t\"]*(META|PROJECTS|VOTES)[ \t;\"]*\r?$", re.MULTILINE | re.IGNORECASE)
_PLAIN = re.compile(r"[0-9]{1,15}")
LARGEST = 10**15
"""Costs and budgets in units of the file; more is no amount of money."""

Cells = tuple[str, ...]
Ballot = tuple[tuple[int, ...], tuple[int, ...]]


def read_election(path: Path) -> Election:
    """The election in a file. Raises ElectionFaulty with file, line and remedy."""
    try:
        data = content(path)
    except OSError as error:
        reason = error.strerror or error
        raise ElectionFaulty(f"Berkas {path} tidak dapat dibuka: {reason}. Periksa nama dan letaknya.") from None
    return parse(data, path.name)


def content(path: Path) -> bytes:
    """All bytes of a file, by as few calls as it takes: opening one otherwise costs as much as reading a small election."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        size = os.fstat(handle).st_size
        parts = [os.read(handle, size + 1)]
        while len(parts[-1]) and sum(map(len, parts)) != size:
            parts.append(os.read(handle, 1 << 20))
    finally:
        os.close(handle)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def parse(data: bytes | str, name: str) -> Election:
    """The election in a file's content; `name` stands in the sentences."""
    content = data.encode() if isinstance(data, str) else data
    return swift_election(content, lambda: SlowReader(content, name)) or _slowly(content, name)


def _slowly(content: bytes, name: str) -> Election:
    election = SlowReader(content, name).election()
    prepared(election)
    return election


class SlowReader:
    """Reads whatever can be read, and tells what cannot be."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self.notes: list[str] = []
        self.data = _plain_bytes(data)
        self.parts = self._parts()
        self.codec = "utf-8"
        try:
            self.data[: self.parts["VOTES"][1]].decode()
        except UnicodeDecodeError:
            self.codec = "cp1252"

    def _parts(self) -> dict[str, tuple[int, int, int]]:
        """Where each section's heading starts, where its lines start, and where they end."""
        found: list[tuple[str, int, int]] = []
        at = 0
        for section in SECTIONS:
            match = _SECTION.search(self.data, at)
            if match is None or match[1].upper().decode() != section:
                found = [(m[1].upper().decode(), m.start(), m.end()) for m in _SECTION.finditer(self.data)]
                break
            found.append((section, match.start(), match.end()))
            at = match.end()
        parts: dict[str, tuple[int, int, int]] = {}
        for (section, start, end), following in zip(found, [*found[1:], ("", len(self.data), 0)], strict=False):
            parts.setdefault(section, (start, end + 1, following[1]))
        for section in SECTIONS:
            if section not in parts:
                raise self.fault(1, f"bagian {section} tidak ada.", "Berkas Pabulib memuat META, PROJECTS, dan VOTES.")
        return parts

    def fault(self, line: int, what: str, todo: str) -> ElectionFaulty:
        return ElectionFaulty(f"{self.name} baris {line}: {what} {todo}")

    def line_of(self, section: str) -> int:
        """The line a section's heading stands on."""
        return 1 + self.data.count(b"\n", 0, self.parts[section][0])

    def lines(self, section: str) -> list[str]:
        """The text of a section, line by line."""
        _, start, end = self.parts[section]
        text = self.data[start:end].decode(self.codec, errors="replace")
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        return text.split("\n")

    def records(self, section: str) -> Iterator[tuple[int, list[str]]]:
        """Place within the section and cells of every line that is not empty."""
        lines = self.lines(section)
        _, start, end = self.parts[section]
        if self.data.find(b'"', start, end) < 0:
            for place, line in enumerate(lines, 1):
                cells = line.split(";")
                if len(cells) > 1 or cells[0].strip():
                    yield place, cells
            return
        reader, begun = csv.reader(lines, delimiter=";"), 0
        try:
            for cells in reader:
                if reader.line_num == len(lines):
                    self._check_closed(section, lines[begun:], begun)
                begun = reader.line_num
                if len(cells) > 1 or (cells and cells[0].strip()):
                    yield reader.line_num, cells
        except csv.Error as error:
            at = self.line_of(section) + reader.line_num
            raise self.fault(at, f"tidak terbaca ({error}).", "Perbaiki tanda kutipnya.") from None

    def _check_closed(self, section: str, last: list[str], before: int) -> None:
        """Raises ElectionFaulty where the last record has a quote that is never closed, and so takes in further lines."""
        if "".join(last).count('"') % 2 and any(map(str.strip, last[1:])):
            raise self.fault(
                self.line_of(section) + before + 1, "tanda kutipnya tidak ditutup sampai akhir bagian.",
                "Tutup atau hapus tanda kutip itu.",
            )  # fmt: skip

    def filled(self, section: str) -> Iterator[tuple[int, list[str]]]:
        """The same without lines whose cells are all empty."""
        return ((place, cells) for place, cells in self.records(section) if any(map(str.strip, cells)))

    def table(self, section: str, *needed: str) -> tuple[dict[str, int], Iterator[tuple[int, list[str]]]]:
        """Columns of a section's heading, and its lines."""
        records = self.records(section)
        place, heads = next(records, (0, []))
        places = _places(heads)
        for head in needed:
            if head not in places:
                line = self.line_of(section) + place
                raise self.fault(line, f"judul kolom {head} tidak ada di {section}.", "Tambahkan kolom itu.")
        return places, records

    def table_of_projects(self) -> Table:
        """Headings and rows of PROJECTS."""
        heads, rows, _, _ = self._projects()
        return heads, rows

    def election(self) -> Election:
        """The election. Raises ElectionFaulty."""
        meta = {cells[0].strip().lower(): (place, cells[1].strip() if len(cells) > 1 else "")
                for place, cells in self.filled("META")}  # fmt: skip
        kind = self._kind(meta)
        budget = self._budget(meta)
        heads, rows, ids, costs = self._projects()
        scale = 10 ** max(0, *(-int(c.as_tuple().exponent) for c in (budget, *costs) if not isinstance(c, int)), 0)
        whole = tuple(int(cost * scale) for cost in costs)
        votes, grain = self._votes(kind, ids, meta)
        default = meta.get("default_score", (0, "0"))[1]
        if kind == "cumulative" and default.strip("0.,"):
            self.notes.append(f"default_score {default} tidak dipakai: proyek yang tidak disebut bernilai nol.")
        return Election(
            kind, tuple(ids), whole, int(budget * scale), scale, votes.rows, votes.weight, votes.start, votes.project,
            votes.amount, tuple(self.notes), grain, lambda: (heads, rows), self.repeated,
        )  # fmt: skip

    def _kind(self, meta: dict[str, tuple[int, str]]) -> str:
        place, told = self._told(meta, "vote_type", "misalnya vote_type;approval")
        kind = KINDS.get(told.lower())
        if kind is None:
            raise self.fault(
                self.line_of("META") + place, f"vote_type “{told}” tidak dikenal.",
                f"Gunakan {', '.join(sorted(set(KINDS.values())))}.",
            )  # fmt: skip
        return kind

    def _budget(self, meta: dict[str, tuple[int, str]]) -> Decimal | int:
        place, told = self._told(meta, "budget", "misalnya budget;12500.50")
        return self._money(told, ("META", place), "budget")

    def _told(self, meta: dict[str, tuple[int, str]], key: str, example: str) -> tuple[int, str]:
        """What META says of a key, and where. Raises ElectionFaulty where it says nothing."""
        place, told = meta.get(key, (0, ""))
        if not told:
            raise self.fault(
                self.line_of("META") + place, f"{key} belum diisi di META.",
                f"Tuliskan nilainya sesudah titik koma, {example}.",
            )  # fmt: skip
        return place, told

    def _money(self, told: str, at: tuple[str, int], what: str) -> Decimal | int:
        """A whole number where it is one, else a decimal without closing zeros."""
        if _PLAIN.fullmatch(told):
            return int(told)
        plain = told.strip().replace(" ", "").replace("\u00a0", "")
        plain = plain.replace(",", ".") if "." not in plain else plain.replace(",", "")
        line = self.line_of(at[0]) + at[1]
        try:
            amount = Decimal(plain)
        except InvalidOperation:
            raise self.fault(line, f"{what} “{told}” bukan angka.", "Tulis angkanya saja, misalnya 12500.50.") from None
        if not amount.is_finite() or amount > LARGEST:
            raise self.fault(line, f"{what} “{told}” di luar batas.", "Periksa jumlah nolnya.")
        if amount < 0:
            raise self.fault(line, f"{what} “{told}” negatif.", "Isi dengan angka nol atau lebih.")
        return amount.normalize() if amount % 1 else int(amount)

    def _projects(self) -> tuple[Cells, tuple[Cells, ...], dict[str, int], list[Decimal | int]]:
        places, records = self.table("PROJECTS", "cost")
        first, second = places.get("project_id", 0), places["cost"]
        last = max(first, second)
        ids: dict[str, int] = {}
        costs: list[Decimal | int] = []
        rows: list[Cells] = []
        for place, cells in records:
            if not any(map(str.strip, cells)):
                continue
            if len(cells) <= last:
                line = self.line_of("PROJECTS") + place
                raise self.fault(line, "kolomnya kurang.", "Lengkapi project_id dan cost.")
            name = cells[first].strip()
            if name in ids:
                line = self.line_of("PROJECTS")
                raise self.fault(
                    line + place, f"proyek “{name}” sudah ada pada baris {line + ids[name]}.", "Hapus salah satu."
                )
            ids[name] = place
            costs.append(self._money(cells[second], ("PROJECTS", place), f"cost proyek “{name}”"))
            rows.append(tuple(cells))
        return tuple(places), tuple(rows), ids, costs

    def _votes(self, kind: str, ids: Iterable[str], meta: dict[str, tuple[int, str]]) -> tuple[Votes, int]:
        """The votes, and in how many parts a point is counted."""
        places, heading, end = self._heading()
        numbers = {name: i for i, name in enumerate(ids)}
        votes, grain = None, 1
        if heading and self.codec == "utf-8":
            points = places.get("points", -1) if kind == "cumulative" else -1
            names = [name.encode() for name in numbers]
            body = self.data[heading:end]
            votes = quick_votes(body, places["vote"], points, names, is_ordinal=kind == "ordinal")
        if votes is None:
            votes, grain = self._slow(kind, numbers, places)
        return self._counted(votes, meta), grain

    def _heading(self) -> tuple[dict[str, int], int, int]:
        """Columns of the votes, where the lines under the heading start (0 where that is not plain), and their end."""
        _, start, end = self.parts["VOTES"]
        under = self.data.find(b"\n", start, end) + 1
        heading = self.data[start:under]
        if not heading.strip() or b'"' in heading:
            places, _ = self.table("VOTES", "vote")
            return places, 0, end
        places = _places(heading.decode(self.codec).split(";"))
        if "vote" not in places:
            self.table("VOTES", "vote")
        return places, under, end

    def repeated(self) -> tuple[str, ...]:
        """A sentence on voters with two ballots; both count, as in the published data."""
        places, heading, end = self._heading()
        voter = places.get("voter_id", -1)
        if voter < 0:
            return ()
        found = repeated_voters(self.data[heading:end], voter) if heading else None
        if found is None:
            _, records = self.table("VOTES", "vote")
            persons = Counter(row[voter].strip() for _, row in records if voter < len(row))
            twice = [person for person, count in persons.items() if count > 1 and person]
            found = len(twice), twice[0] if twice else ""
        count, example = found
        if not count:
            return ()
        return (f"{count} pemilih tercatat lebih dari sekali, misalnya “{example}”; semua suaranya dihitung.",)

    def _counted(self, votes: Votes, meta: dict[str, tuple[int, str]]) -> Votes:
        """Lines of empty cells are voters without a vote, unless META's count says that they are none."""
        told = meta.get("num_votes", (0, ""))[1]
        if votes.empty and told != str(votes.rows):
            votes = _with_empty(votes)
        if told.isdigit() and int(told) != votes.rows:
            self.notes.append(counted_otherwise(told, votes.rows))
        return votes

    def _slow(self, kind: str, numbers: dict[str, int], places: dict[str, int]) -> tuple[Votes, int]:
        columns = [places["vote"]] + ([places["points"]] if kind == "cumulative" and "points" in places else [])
        cells: Counter[Cells] = Counter()
        empty = 0
        _, records = self.table("VOTES", "vote")
        for _, row in records:
            if not any(map(str.strip, row)):
                empty += 1
                continue
            cells[tuple(row[at] if at < len(row) else "" for at in columns)] += 1
        grain = self._grain(cells)
        found: dict[Ballot, int] = {}
        for ballot, count in cells.items():
            listed = self._listed(ballot, numbers, kind, grain)
            found[listed] = found.get(listed, 0) + count
        sizes = [len(listed) for listed, _ in found]
        start = np.concatenate([[0], np.cumsum(np.array(sizes, np.int64))]).astype(np.int64)
        project = np.fromiter((p for listed, _ in found for p in listed), np.int64, int(start[-1]))
        amount = np.fromiter((a for _, amounts in found for a in amounts), np.int64, int(start[-1]))
        weight = np.fromiter(found.values(), np.int64, len(found))
        return Votes(weight, start, project, amount, sum(cells.values()), empty), grain

    def _grain(self, cells: Iterable[Cells]) -> int:
        """Parts of a point that make all points whole."""
        told = (cell.strip() for ballot in cells if len(ballot) > 1 for cell in ballot[1].split(","))
        places = max((len(cell.partition(".")[2].rstrip("0")) for cell in told), default=0)
        return int(10**places)

    def _listed(self, ballot: Cells, numbers: dict[str, int], kind: str, grain: int) -> Ballot:
        """Projects of one ballot in its order, and the amount of each."""
        names = [name.strip() for name in ballot[0].split(",") if name.strip()]
        if len(names) == 1 and names[0].lower() == "none" and names[0] not in numbers:
            names = []
        unknown = next((name for name in names if name not in numbers), None)
        if unknown is not None:
            line = self._line_of(ballot[0])
            raise self.fault(line, f"suara untuk proyek “{unknown}” yang tidak ada.", "Periksa project_id-nya.")
        if len(set(names)) != len(names):
            twice = next(name for i, name in enumerate(names) if name in names[:i])
            self.notes.append(f"Baris {self._line_of(ballot[0])}: proyek “{twice}” disebut dua kali, dihitung sekali.")
        points = self._points(ballot, len(names), grain)
        listed: dict[int, int] = {}
        if kind == "ordinal":
            names = list(dict.fromkeys(names))
        for place, name in enumerate(names):
            amount = points[place] if points else (len(names) - place if kind == "ordinal" else grain)
            listed.setdefault(numbers[name], amount)
        if kind != "ordinal":
            listed = dict(sorted(listed.items()))
        return tuple(listed), tuple(listed.values())

    def _points(self, ballot: Cells, count: int, grain: int) -> list[int]:
        if len(ballot) < 2 or not count:
            return []
        told = [cell.strip() for cell in ballot[1].split(",") if cell.strip()]
        if len(told) != count:
            line = self._line_of(ballot[0])
            raise self.fault(line, f"ada {count} proyek tetapi {len(told)} nilai points.", "Samakan jumlahnya.")
        try:
            points = [Decimal(cell) for cell in told]
        except InvalidOperation:
            points = [Decimal(-1)]
        if not all(point.is_finite() and 0 <= point <= LARGEST and not point * grain % 1 for point in points):
            raise self.fault(
                self._line_of(ballot[0]), f"points “{ballot[1]}” bukan angka nol atau lebih.", "Perbaiki nilainya."
            )
        return [int(point * grain) for point in points]

    def _line_of(self, vote: str) -> int:
        """The line a ballot stands on."""
        places, records = self.table("VOTES", "vote")
        at = places["vote"]
        return self.line_of("VOTES") + next((n for n, cells in records if len(cells) > at and cells[at] == vote), 0)


def _places(heads: Iterable[str]) -> dict[str, int]:
    """Column of each heading; of two alike the first."""
    places: dict[str, int] = {}
    for column, head in enumerate(heads):
        places.setdefault(head.strip().lower(), column)
    return places


def _plain_bytes(data: bytes) -> bytes:
    """UTF-8 without mark, with line feeds."""
    if data[:2] in UTF16:
        data = data.decode("utf-16", errors="replace").encode()
    data = data.removeprefix(MARK)
    if data.count(b"\r") == data.count(b"\r\n"):
        return data
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _with_empty(votes: Votes) -> Votes:
    """The votes and those voters without a vote."""
    sizes = np.diff(votes.start)
    at = np.flatnonzero(sizes == 0)
    weight, start = votes.weight, votes.start
    if len(at):
        weight = weight.copy()
        weight[at[0]] += votes.empty
    else:
        weight, start = np.append(weight, votes.empty), np.append(start, start[-1])
    return Votes(weight, start, votes.project, votes.amount, votes.rows + votes.empty, 0)
