"""`mufakat serve`: prepare the data, then keep pages, live updates and jobs running until it is told to stop."""

from __future__ import annotations

import argparse
import os
import socket
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from mufakat.config.locks import FileLock
from mufakat.config.preparing import MARK
from mufakat.config.supervisor import LOCK, Program, Supervisor, serving, take_over
from mufakat.core.errors import MufakatError

STAGES = ("drafting", "verification", "hall", "tracking")
EXAMPLES = ".mufakat-contoh"
PORT = 8000


class CannotServe(MufakatError):
    """The server cannot be started; the sentence says why."""

    code = "tidak_dapat_melayani"


def configure(parser: argparse.ArgumentParser, language: str) -> None:
    """Declare the options."""
    english = language == "en"
    parser.add_argument("--host", default="127.0.0.1", help="address" if english else "alamat (bawaan: 127.0.0.1)")
    parser.add_argument(
        "--port", type=int, default=None, help="port" if english else f"porta (bawaan: isi PORT, atau {PORT})"
    )
    parser.add_argument("--data", type=Path, default=None, help="data folder" if english else "folder data")
    parser.add_argument(
        "--contoh",
        nargs="?",
        const="",
        default=None,
        metavar="STAGE" if english else "TAHAP",
        help=f"invented data, opened at a stage: {', '.join(STAGES)} (or STAGE in the environment)"
        if english
        else f"data contoh, dibuka pada satu tahap: {', '.join(STAGES)} (atau isi STAGE; bawaan: hall)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Take over what an earlier run left behind, prepare, serve; 0 when stopped. Raises CannotServe."""
    stage, port = _stage(arguments.contoh), _port(arguments.port)
    data = _folder(arguments.data, stage)
    lock = FileLock(data / LOCK)
    if not lock.take():
        raise CannotServe(
            f"Folder data {data} sedang dilayani server lain. Buka {serving(data)} atau hentikan server itu dahulu."
        )
    try:
        take_over(data)
        _require_free(arguments.host, port)
        return _serve(data, arguments.host, port, stage)
    finally:
        lock.free()


def _stage(given: str | None) -> str | None:
    """The stage asked for, None without an example."""
    if given is None:
        return None
    stage = given or os.environ.get("STAGE", "") or "hall"
    if stage not in STAGES:
        raise CannotServe(f"Tahap “{stage}” tidak ada. Pilihannya: {', '.join(STAGES)}.")
    return stage


def _port(given: int | None) -> int:
    """The port asked for, as an option or in PORT."""
    words = os.environ.get("PORT", "") or str(PORT)
    if given is None and not words.isdigit():
        raise CannotServe(f"PORT berisi “{words}”, padahal harus bilangan, misalnya PORT=8001.")
    return int(words) if given is None else given


def _folder(given: Path | None, stage: str | None) -> Path:
    """The data folder, made when it is new. Each stage of the example has its own; one of another day is set aside."""
    if given is not None:
        data = given.resolve()
        if stage is not None and (kept := _mark(data)) and kept[0] != stage:
            raise CannotServe(
                f"Folder data {data} berisi contoh tahap “{kept[0]}”, bukan “{stage}”. Pilih folder lain."
            )
    elif stage is None:
        data = (Path.cwd() / ".mufakat").resolve()
    else:
        data = _of_today((Path.cwd() / EXAMPLES / stage).resolve())
    data.mkdir(parents=True, exist_ok=True)
    return data


def _of_today(data: Path) -> Path:
    """An example's windows are open on the day it is built; yesterday's keeps under its date what was tried in it."""
    kept = _mark(data)
    today = datetime.now(ZoneInfo("Asia/Jakarta")).date().isoformat()
    if kept is None or kept[1] == today or serving(data):
        return data
    aside = data.with_name(f"{data.name}-{kept[1]}")
    take_over(data)
    data.rename(aside)
    _say(f"Contoh tanggal {kept[1]} disisihkan ke {aside}; yang baru dibuat dengan tanggal hari ini.")
    return data


def _mark(data: Path) -> tuple[str, str] | None:
    """(stage, day) of the example in a folder; None when there is none."""
    try:
        stage, _, day = (data / MARK).read_text().partition(" ")
    except OSError:
        return None
    return stage, day


def _require_free(host: str, port: int) -> None:
    """Pages take the port and live updates the next, where proxy and firewall expect them; both must be free."""
    for taken, use in ((port, ""), (port + 1, ", yang diperlukan untuk siaran langsung,")):
        if not _is_free(host, taken):
            raise CannotServe(
                f"Porta {taken}{use} sedang dipakai program lain. Hentikan program itu, atau pilih porta lain, "
                f"misalnya --port {port + 10} atau make demo PORT={port + 10}."
            )


def _is_free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _serve(data: Path, host: str, port: int, stage: str | None) -> int:
    live = port + 1
    os.environ |= {"MUFAKAT_DATA": str(data), "MUFAKAT_LIVE_PORT": str(live)}
    if stage is not None:
        os.environ["MUFAKAT_DEMO"] = "1"
    own = [sys.executable, "-m", "mufakat.config.processes"]
    kept, at = ["--data", str(data)], ["--host", host, "--port"]
    supervisor = Supervisor(
        data=data,
        host=host,
        port=port,
        live_port=live,
        prepare=[*own, "prepare", *kept, *(["--stage", stage] if stage else [])],
        programs=[
            Program("pages", [*own, "pages", *kept, *at, str(port)]),
            Program("live", [*own, "live", *kept, *at, str(live)]),
            Program("jobs", [*own, "jobs", *kept]),
        ],
        say=_say,
    )
    return supervisor.run()


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
