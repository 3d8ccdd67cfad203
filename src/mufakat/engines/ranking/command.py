"""`python -m mufakat.engines.ranking pb FILE.pb --rule … --json`, `score PROBLEM.json --json`, and `replay RUN.json`.

Exit codes: 0 answered (replay: the same to the byte), 1 replay differs, 2 wrong use or a broken file.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mufakat.core.errors import MufakatError
from mufakat.engines.ranking import replay_command, score_command
from mufakat.engines.ranking.quiet import quiet_output

if TYPE_CHECKING:
    from mufakat.engines.ranking.budget import Election, Outcome, Parameters


class WrongUse(MufakatError):
    """An option cannot be read."""

    code = "penggunaan_keliru"


def build_parser() -> argparse.ArgumentParser:
    """Arguments of all subcommands."""
    parser = argparse.ArgumentParser(
        prog="python -m mufakat.engines.ranking", description="Urutan yang dapat disepakati, dijelaskan, dan diulang."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="pb|score|replay")
    pb = commands.add_parser("pb", help="aturan anggaran atas berkas Pabulib")
    pb.add_argument("file", type=Path, metavar="FILE.pb")
    pb.add_argument("--rule", choices=("mes", "phragmen", "greedy", "maxwelfare"), default="mes")
    pb.add_argument("--utility", choices=("cost", "cardinality", "points", "borda"), default="cost")
    pb.add_argument("--completion", choices=("none", "add1", "add1u"), default="none")
    pb.add_argument("--increment", default="1", metavar="N", help="uang per pemilih tiap langkah Add1 (bawaan 1)")
    pb.add_argument("--ties", choices=("id", "votes"), default="id", help="seri menurut id, atau suara, biaya, lalu id")
    pb.add_argument("--no-exhaustive-stop", action="store_true", help="Add1 berhenti hanya bila melampaui pagu")
    pb.add_argument("--unwanted", action="store_true", help="proyek tanpa pendukung ikut menentukan habisnya pagu")
    pb.add_argument("--integral", action="store_true", help="Add1 mulai dari kelipatan bulat langkahnya")
    pb.add_argument("--json", action="store_true", help="hasil sebagai satu objek JSON")
    pb.add_argument("--explain", nargs="*", metavar="ID", help="mengapa (bawaan: semua proyek), dan keadilan hasilnya")
    pb.add_argument("--run", type=Path, metavar="RUN.json", help="menyimpan jalannya untuk diulang (replay)")
    score_command.configure(commands.add_parser("score", help="kriteria menjadi urutan yang dijelaskan"))
    replay = commands.add_parser("replay", help="mengulang sebuah RUN.json sampai ke byte-nya")
    replay.add_argument("file", type=Path, metavar="RUN.json")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one subcommand."""
    arguments = build_parser().parse_args(argv)
    try:
        return _COMMANDS[arguments.command](arguments)
    except MufakatError as error:
        sys.stderr.write(f"{error.sentence}\n")
        return 2


def _pb(arguments: argparse.Namespace) -> int:
    from mufakat.engines.ranking.budget import Parameters, decide, read_election, spent, warm_up
    from mufakat.engines.ranking.replay import run_of, written

    parameters = Parameters(
        rule=arguments.rule, utility=arguments.utility, completion=arguments.completion,
        increment=amount(arguments.increment), exhaustive=not arguments.no_exhaustive_stop,
        integral=arguments.integral, unwanted=arguments.unwanted, ties=arguments.ties,
    )  # fmt: skip
    warm_up(parameters)  # loading and compiling is paid once and does not belong to the election
    with quiet_output():
        started, made = time.process_time(), spent()
        election = read_election(arguments.file)
        outcome = decide(election, parameters, tell=_progress())
        seconds = time.process_time() - started - (spent() - made)
    for note in election.remarks:
        sys.stderr.write(f"Catatan: {note}\n")
    run = run_of(election, parameters, outcome)
    if arguments.run is not None:
        try:
            arguments.run.write_bytes(written(run))
        except OSError as error:
            raise WrongUse(
                f"Hasil tidak dapat ditulis ke {arguments.run}: {error.strerror}. Pilih tempat lain."
            ) from None
    told = {**run["result"], **run["parameters"], "seconds": round(seconds, 6), "version": run["version"]}
    if arguments.explain is not None:
        told |= _explained(arguments.explain, election, parameters, outcome)
    if arguments.json:
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
        return 0
    sys.stdout.write(f"Terpilih {len(told['winners'])} proyek, biaya {told['cost']}: {', '.join(told['winners'])}.\n")
    if arguments.explain is not None:
        spread = [entry["sentence"] for entries in told["fairness"]["groups"].values() for entry in entries]
        lines = [told["fairness"]["sentence"], *spread, *(f"{e['id']}: {e['sentence']}" for e in told["explanations"])]
        sys.stdout.write("\n".join(lines) + "\n")
    return 0


def _explained(wanted: list[str], election: Election, parameters: Parameters, outcome: Outcome) -> dict[str, Any]:
    """Fairness and explanations. Raises WrongUse for a project the file does not have."""
    from mufakat.engines.ranking.fairness.telling import explanations, fairness

    for name in wanted:
        if name not in election.ids:
            raise WrongUse(f"Proyek “{name}” tidak ada dalam berkas. Periksa id-nya pada bagian PROJECTS.")
    tell = score_command.progress("Menjelaskan proyek")
    return {
        "fairness": fairness(election, parameters, outcome),
        "explanations": explanations(election, parameters, outcome, set(wanted), tell),
    }


def _progress() -> Callable[[int], None]:
    """A line every few seconds of a long scan."""
    told = time.monotonic()

    def tell(steps: int) -> None:
        nonlocal told
        if time.monotonic() - told > 3:
            told = time.monotonic()
            sys.stderr.write(f"Add1: {steps:,} langkah …\n".replace(",", "."))
            sys.stderr.flush()

    return tell


def amount(text: str) -> Fraction:
    """An amount of money. Raises WrongUse."""
    try:
        value = Decimal(text.replace(",", "."))
    except InvalidOperation:
        raise WrongUse(f"--increment “{text}” bukan angka. Tulis misalnya 1 atau 1000.") from None
    if not value.is_finite() or value <= 0:
        raise WrongUse(f"--increment “{text}” harus lebih dari nol.")
    return Fraction(value)


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "pb": _pb,
    "score": score_command.run,
    "replay": replay_command.run,
}
