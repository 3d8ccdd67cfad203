"""Pabulib files (pabulib.org/format) read fast and robustly; every fault is told with its line.

The votes are read in one pass over whole lines where nothing is quoted, line by line otherwise; both give the same.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

import numpy as np

from mufakat.engines.ranking.budget.election import Election, ElectionFaulty

KINDS = {
    "approval": "approval", "cumulative": "cumulative", "scoring": "cumulative", "ordinal": "ordinal",
    "choose-1": "choose-1", "choose1": "choose-1", "choose_1": "choose-1", "choose-one": "choose-1",
}  # fmt: skip
_SECTION = re.compile(r"^[ \t\ufeff]*(META|PROJECTS|VOTES)[ \t;]*\r?$", re.MULTILINE | re.IGNORECASE)
LARGEST = 10**15
"""Costs and budgets in units of the file; more is no amount of money."""


def read_election(path: Path) -> Election:
    """The election in a file. Raises ElectionFaulty with file, line and remedy."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        reason = error.strerror or error
        raise ElectionFaulty(f"Berkas {path} tidak dapat dibuka: {reason}. Periksa nama dan letaknya.") from None
    except UnicodeDecodeError:
        text = path.read_bytes().decode("cp1252", errors="replace")
    return parse(text, path.name)


def parse(text: str, name: str) -> Election:
    """The election in a text; `name` stands in the sentences."""
    return _Reader(text, name).election()


class _Reader:
    def __init__(self, text: str, name: str) -> None:
        self.text, self.name = text, name
        self.notes: list[str] = []
        found = [(m[1].upper(), m.start(), m.end()) for m in _SECTION.finditer(text)]
        self.parts: dict[str, tuple[int, int, int]] = {}
        for (section, start, end), following in zip(found, [*found[1:], ("", len(text), 0)], strict=True):
            if section not in self.parts:
                self.parts[section] = (1 + text.count("\n", 0, start), end + 1, following[1])
        for section in ("META", "PROJECTS", "VOTES"):
            if section not in self.parts:
                raise self.fault(1, f"bagian {section} tidak ada.", "Berkas Pabulib memuat META, PROJECTS, dan VOTES.")

    def fault(self, line: int, what: str, todo: str) -> ElectionFaulty:
        return ElectionFaulty(f"{self.name} baris {line}: {what} {todo}")

    def records(self, section: str) -> Iterator[tuple[int, list[str]]]:
        """Line number and cells of every line that is not empty."""
        line, start, end = self.parts[section]
        reader = csv.reader(self.text[start:end].splitlines(keepends=True), delimiter=";")
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield line + reader.line_num, cells
        except csv.Error as error:
            raise self.fault(line + reader.line_num, f"tidak terbaca ({error}).", "Perbaiki tanda kutipnya.") from None

    def table(self, section: str, *needed: str) -> tuple[dict[str, int], Iterator[tuple[int, list[str]]]]:
        """Columns of a section's heading, and its lines."""
        lines = self.records(section)
        number, heads = next(lines, (self.parts[section][0], []))
        places = {head.strip().lower(): i for i, head in enumerate(heads)}
        for head in needed:
            if head not in places:
                raise self.fault(number, f"judul kolom {head} tidak ada di {section}.", "Tambahkan kolom itu.")
        return places, lines

    def election(self) -> Election:
        meta = {cells[0].strip().lower(): (line, cells[1].strip() if len(cells) > 1 else "")
                for line, cells in self.records("META")}  # fmt: skip
        kind = self._kind(meta)
        budget = self._budget(meta)
        ids, costs = self._projects()
        scale = 10 ** max([0, *(-int(c.as_tuple().exponent) for c in (budget, *costs) if c % 1)])
        whole = [int(cost * scale) for cost in costs]
        ballots, voters = self._ballots(kind, {p: i for i, p in enumerate(ids)})
        told = meta.get("num_votes", (0, ""))[1]
        if told.isdigit() and int(told) != voters:
            self.notes.append(f"META menyebut {told} suara, terbaca {voters}.")
        weight = np.fromiter(ballots.values(), np.int64, len(ballots))
        sizes = [len(listed) for listed, _ in ballots]
        start = np.concatenate([[0], np.cumsum(np.array(sizes, np.int64))]).astype(np.int64)
        project = np.fromiter((p for listed, _ in ballots for p in listed), np.int64, int(start[-1]))
        amount = np.fromiter((a for _, amounts in ballots for a in amounts), np.int64, int(start[-1]))
        return Election(kind, tuple(ids), tuple(whole), int(budget * scale), scale, voters, weight, start, project,
                        amount, tuple(self.notes))  # fmt: skip

    def _kind(self, meta: dict[str, tuple[int, str]]) -> str:
        line, told = meta.get("vote_type", (self.parts["META"][0], ""))
        kind = KINDS.get(told.lower())
        if kind is None:
            raise self.fault(
                line, f"vote_type “{told}” tidak dikenal.", f"Gunakan {', '.join(sorted(set(KINDS.values())))}."
            )
        return kind

    def _budget(self, meta: dict[str, tuple[int, str]]) -> Decimal:
        line, told = meta.get("budget", (self.parts["META"][0], ""))
        return self._money(told, line, "budget")

    def _money(self, told: str, line: int, what: str) -> Decimal:
        plain = told.strip().replace(" ", "").replace("\u00a0", "")
        plain = plain.replace(",", ".") if "." not in plain else plain.replace(",", "")
        try:
            amount = Decimal(plain)
        except InvalidOperation:
            raise self.fault(line, f"{what} “{told}” bukan angka.", "Tulis angkanya saja, misalnya 12500.50.") from None
        if not amount.is_finite() or amount > LARGEST:
            raise self.fault(line, f"{what} “{told}” di luar batas.", "Periksa jumlah nolnya.")
        if amount < 0:
            raise self.fault(line, f"{what} “{told}” negatif.", "Isi dengan angka nol atau lebih.")
        return amount.normalize() if amount else Decimal(0)

    def _projects(self) -> tuple[list[str], list[Decimal]]:
        places, lines = self.table("PROJECTS", "project_id", "cost")
        ids: dict[str, int] = {}
        costs = []
        for line, cells in lines:
            if len(cells) <= max(places["project_id"], places["cost"]):
                raise self.fault(line, "kolomnya kurang.", "Lengkapi project_id dan cost.")
            name = cells[places["project_id"]].strip()
            if name in ids:
                raise self.fault(line, f"proyek “{name}” sudah ada pada baris {ids[name]}.", "Hapus salah satu.")
            ids[name] = line
            costs.append(self._money(cells[places["cost"]], line, f"cost proyek “{name}”"))
        return list(ids), costs

    def _ballots(
        self, kind: str, number_of: dict[str, int]
    ) -> tuple[dict[tuple[tuple[int, ...], tuple[int, ...]], int], int]:
        places, lines = self.table("VOTES", "vote")
        columns = [places["vote"]] + ([places["points"]] if kind == "cumulative" and "points" in places else [])
        cells = self._whole(columns) or self._slow(lines, columns)
        found: dict[tuple[tuple[int, ...], tuple[int, ...]], int] = {}
        for ballot, count in cells.items():
            listed = self._listed(ballot, number_of, kind)
            found[listed] = found.get(listed, 0) + count
        if "voter_id" in places:
            self._tell_repeated(places["voter_id"])
        return found, sum(cells.values())

    def _whole(self, columns: list[int]) -> Counter[tuple[str, ...]] | None:
        """Equal ballots counted over whole lines; None where a quote asks for a closer look."""
        _, start, end = self.parts["VOTES"]
        body = self.text[start:end]
        if '"' in body:
            return None
        lines = [line for line in body.replace("\r", "\n").split("\n") if line.strip(" ;\t")][1:]
        if len(columns) == 1:
            at = columns[0]
            try:
                counted = Counter([line.split(";", at + 1)[at] for line in lines])
            except IndexError:
                return None
            return Counter({(vote,): count for vote, count in counted.items()})
        vote, points = columns
        try:
            split = [line.split(";") for line in lines]
            return Counter([(cells[vote], cells[points]) for cells in split])
        except IndexError:
            return None

    def _slow(self, lines: Iterator[tuple[int, list[str]]], columns: list[int]) -> Counter[tuple[str, ...]]:
        found: Counter[tuple[str, ...]] = Counter()
        for _, cells in lines:
            found[tuple(cells[at] if at < len(cells) else "" for at in columns)] += 1
        return found

    def _listed(
        self, ballot: tuple[str, ...], number_of: dict[str, int], kind: str
    ) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Projects of one ballot in its order, and the amount of each."""
        names = [name.strip() for name in ballot[0].split(",") if name.strip()]
        unknown = next((name for name in names if name not in number_of), None)
        if unknown is not None:
            line = self._line_of(ballot[0])
            raise self.fault(line, f"suara untuk proyek “{unknown}” yang tidak ada.", "Periksa project_id-nya.")
        if len(set(names)) != len(names):
            twice = next(name for i, name in enumerate(names) if name in names[:i])
            self.notes.append(f"Baris {self._line_of(ballot[0])}: proyek “{twice}” disebut dua kali, dihitung sekali.")
        points = self._points(ballot, len(names))
        listed: dict[int, int] = {}
        for place, name in enumerate(names):
            amount = points[place] if points else (len(names) - place if kind == "ordinal" else 1)
            listed.setdefault(number_of[name], amount)
        if kind != "ordinal":
            listed = dict(sorted(listed.items()))
        return tuple(listed), tuple(listed.values())

    def _points(self, ballot: tuple[str, ...], count: int) -> list[int]:
        if len(ballot) < 2:
            return []
        told = [cell.strip() for cell in ballot[1].split(",") if cell.strip()]
        if len(told) != count:
            line = self._line_of(ballot[0])
            raise self.fault(line, f"ada {count} proyek tetapi {len(told)} nilai points.", "Samakan jumlahnya.")
        if not all(cell.removesuffix(".0").isdigit() for cell in told):
            raise self.fault(
                self._line_of(ballot[0]), f"points “{ballot[1]}” bukan bilangan bulat.", "Perbaiki nilainya."
            )
        return [int(cell.removesuffix(".0")) for cell in told]

    def _line_of(self, vote: str) -> int:
        """The line a ballot stands on."""
        places, lines = self.table("VOTES", "vote")
        return next((n for n, cells in lines if len(cells) > places["vote"] and cells[places["vote"]] == vote), 0)

    def _tell_repeated(self, at: int) -> None:
        """Name voters with two ballots; both count, as in the published data."""
        _, start, end = self.parts["VOTES"]
        lines = [line for line in self.text[start:end].splitlines() if line.strip(" ;\t")][1:]
        voters = [line.split(";", at + 1)[at].strip() for line in lines if line.count(";") >= at]
        if len(set(voters)) == len(voters):
            return
        twice = [voter for voter, count in Counter(voters).items() if count > 1 and voter]
        if twice:
            self.notes.append(
                f"{len(twice)} pemilih tercatat lebih dari sekali, misalnya “{twice[0]}”; semua suaranya dihitung."
            )
