#!/usr/bin/env python3
"""Set up, run and test Mufakat on any system with Python 3.11 or newer.

Standard library only, and written so that a much older Python can still read it and say
clearly that it is too old. `python run.py` lists the commands; the Makefile calls them.
"""

from __future__ import print_function

import sys

MINIMUM = (3, 11)
DATA_LAYER = [
    "tests/slices",
    "--ignore=tests/slices/test_permission_matrix.py",
    "--ignore=tests/slices/test_serving.py",
    "tests/web/test_query_counts.py",
    "tests/web/test_village_pages.py",
    "tests/web/test_forum_day.py",
]
"""What `test` runs a second time, on PostgreSQL: what reads and writes rows; who may do what is the same code."""

if sys.version_info < MINIMUM:
    sys.stderr.write(
        "Mufakat memerlukan Python %d.%d atau yang lebih baru; yang menjalankan perintah ini Python %d.%d.\n"
        "Pasang Python baru dari python.org atau paket sistem Anda, lalu ulangi, misalnya: python3.11 run.py demo\n"
        % (MINIMUM + tuple(sys.version_info[:2]))
    )
    sys.exit(2)

import hashlib
import os
import shutil
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
WINDOWS = os.name == "nt"


def fail(message):
    """Stop with one sentence on the error stream."""
    sys.stderr.write(message.rstrip() + "\n")
    sys.exit(2)


def say(message):
    """Report one step."""
    print("• " + message)
    sys.stdout.flush()


def env_dir(kind):
    """The virtual environment of a kind of work: run and dev share one, oracles live apart."""
    return os.path.join(HERE, ".venv" if kind in ("run", "dev") else ".venv-" + kind)


def env_bin(kind, name):
    """Path of a program inside an environment."""
    folder = "Scripts" if WINDOWS else "bin"
    return os.path.join(env_dir(kind), folder, name + (".exe" if WINDOWS else ""))


def environ():
    """The environment for child processes: nothing of another virtual environment leaks in."""
    values = dict(os.environ)
    for name in ("VIRTUAL_ENV", "PYTHONHOME", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE"):
        values.pop(name, None)
    values["PYTHONUTF8"] = "1"
    return values


def call(*command, **options):
    """Run a command in the project folder; a failure ends this program with the same code."""
    code = subprocess.call(list(command), cwd=HERE, env=options.get("env") or environ())
    if code and not options.get("tolerate"):
        sys.exit(code)
    return code


def fingerprint(kind):
    """What an installed environment depends on, as one short hash."""
    digest = hashlib.sha256(sys.version.encode("utf-8"))
    for name in (kind + ".txt", "uv.txt", os.path.join("..", "pyproject.toml")):
        with open(os.path.join(HERE, "requirements", name), "rb") as handle:
            digest.update(handle.read())
    digest.update(HERE.encode("utf-8"))
    return digest.hexdigest()[:16]


def stamp_of(kind):
    """File that records what was installed last."""
    return os.path.join(env_dir(kind), ".mufakat-" + kind)


def is_current(kind):
    """Whether the environment already holds exactly the locked packages."""
    try:
        with open(stamp_of(kind)) as handle:
            return handle.read() == fingerprint(kind)
    except OSError:
        return False


def create_environment(kind):
    """Make the virtual environment, or say which system package is missing."""
    python = env_bin(kind, "python")
    if os.path.exists(python):
        return
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        fail(
            "Modul venv untuk Python ini belum terpasang, sehingga lingkungan kerja tidak dapat dibuat.\n"
            "Di Debian atau Ubuntu jalankan: sudo apt install python%d.%d-venv, lalu ulangi perintah ini."
            % sys.version_info[:2]
        )
    say("Membuat lingkungan Python di " + os.path.relpath(env_dir(kind), HERE))
    # Without pip: putting it there takes longer than everything else, and the one at hand serves.
    call(sys.executable, "-m", "venv", "--without-pip", env_dir(kind))


def can_install_elsewhere():
    """Whether this Python has a pip that can install into another environment (22.3 and newer)."""
    try:
        from pip import __version__

        return [int(part) for part in __version__.split(".")[:2]] >= [22, 3]
    except (ImportError, ValueError):
        return False


def own_pip(kind):
    """The pip inside an environment, put there first if need be."""
    python = env_bin(kind, "python")
    with open(os.devnull, "w") as nowhere:
        if subprocess.call([python, "-m", "pip", "--version"], stdout=nowhere, stderr=nowhere):
            call(python, "-m", "ensurepip", "--default-pip")
    return [python, "-m", "pip"]


def pip_install(kind, requirements):
    """Install hashed requirements into an environment; the exit code."""
    words = ["install", "-q", "--disable-pip-version-check", "--require-hashes", "-r", requirements]
    if can_install_elsewhere():
        python = env_bin(kind, "python")
        if call(sys.executable, "-m", "pip", "--python", python, *words, tolerate=True) == 0:
            return 0
    return call(*(own_pip(kind) + words), tolerate=True)


def install(kind):
    """Bring the environment of a kind to exactly the locked, hashed packages."""
    wanted = "dev" if kind == "run" and is_current("dev") else kind
    if is_current(wanted):
        return
    create_environment(kind)
    python = env_bin(kind, "python")
    locked = os.path.join("requirements", kind + ".txt")
    say("Memasang paket (%s)" % locked)
    uv = [python, "-m", "uv", "pip", "install", "-q", "--python", python]
    code = pip_install(kind, os.path.join("requirements", "uv.txt"))
    code = code or call(*(uv + ["--require-hashes", "-r", locked]), tolerate=True)
    if code:
        say("uv tidak dapat dipakai; memasang dengan pip, lebih lambat")
        code = pip_install(kind, locked)
    if code:
        sys.exit(code)
    if kind in ("run", "dev", "bench"):
        ourselves = ["--no-build-isolation", "--no-deps", "-e", "."]
        if call(*(uv + ourselves), tolerate=True):
            call(*(own_pip(kind) + ["install", "-q", "--disable-pip-version-check"] + ourselves))
    with open(stamp_of(kind), "w") as handle:
        handle.write(fingerprint(kind))


def install_if_possible(kind, otherwise):
    """The same for an environment one can do without: where it cannot be installed, one sentence says what follows."""
    try:
        install(kind)
    except SystemExit:
        locked = os.path.join("requirements", kind + ".txt")
        say("Paket di %s tidak dapat dipasang; %s. Periksa sambungan, lalu ulangi." % (locked, otherwise))


def mufakat(*arguments, **options):
    """Run the installed `mufakat` command."""
    return call(env_bin("run", "mufakat"), *arguments, **options)


BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")


def playwright_browser():
    """The browser Playwright keeps for this user, or nothing."""
    script = "from playwright.sync_api import sync_playwright as p; d = p().start(); print(d.chromium.executable_path)"
    try:
        found = subprocess.check_output(
            [env_bin("dev", "python"), "-c", script], env=environ(), stderr=subprocess.DEVNULL
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    path = found.decode("utf-8").strip()
    return path if os.path.exists(path) else ""


def browser():
    """A Chromium for the browser tests: given, installed, Playwright's own, or fetched now; nothing when all fail."""
    given = os.environ.get("MUFAKAT_CHROMIUM", "")
    found = given or next(filter(None, map(shutil.which, BROWSERS)), "") or playwright_browser()
    if found:
        return found
    say("Memasang peramban untuk uji (Chromium)")
    if call(env_bin("dev", "python"), "-m", "playwright", "install", "chromium", tolerate=True) == 0:
        return playwright_browser()
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        quiet = dict(environ(), DEBIAN_FRONTEND="noninteractive")
        call("apt-get", "update", "-qq", env=quiet, tolerate=True)
        call("apt-get", "install", "-y", "-qq", "chromium", env=quiet, tolerate=True)
    return shutil.which("chromium") or ""


def replace(*arguments):
    """Become the installed `mufakat` command, so that a signal reaches it and nothing stands in between."""
    command = env_bin("run", "mufakat")
    if WINDOWS:
        sys.exit(call(command, *arguments))
    os.chdir(HERE)
    os.execve(command, [command] + list(arguments), environ())  # noqa: S606


def command_setup(arguments):
    """setup   memasang saja; sesudahnya .venv/bin/mufakat siap dipakai"""
    install("run")
    say("Selesai. Perintahnya: " + os.path.relpath(env_bin("run", "mufakat"), HERE) + " --help")


def command_demo(arguments):
    """demo    memasang, lalu membuka tahun contoh di peramban; STAGE=drafting|verification|hall|tracking"""
    install("run")
    replace("serve", "--contoh", *arguments)


def command_papers(arguments):
    """papers  memasang, lalu menulis lembar, rancangan, dan berita acara contoh tanpa server"""
    install("run")
    mufakat("demo", *arguments)


def command_serve(arguments):
    """serve   memasang, lalu menjalankan Mufakat di peramban; --contoh dengan data contoh"""
    install("run")
    replace("serve", *arguments)


def command_check(arguments):
    """check   memeriksa gaya, tipe, dan arah impor"""
    install("dev")
    python = env_bin("dev", "python")
    call(python, "-m", "ruff", "check", ".")
    call(python, "-m", "ruff", "format", "--check", ".")
    call(python, "-m", "mypy")
    call(env_bin("dev", "lint-imports"), "--no-cache")


def command_test(arguments):
    """test    memasang yang diperlukan uji, lalu menjalankan semua pemeriksaan dan uji"""
    install("dev")
    python, spread = env_bin("dev", "python"), ["-n", "auto", "--dist", "worksteal"]
    # The checks leave a core idle; what the workers would each compile in a fresh clone is compiled there.
    compiling = None if arguments else subprocess.Popen([python, "-m", "tests.compiled"], cwd=HERE, env=environ())
    try:
        command_check([])
    finally:
        if compiling is not None and compiling.wait():
            say("Kernel tidak dapat dikompilasi lebih dahulu; uji mengompilasinya sendiri.")
    found = browser()
    if not found:
        say("Peramban tidak dapat dipasang; uji peramban dilewati. Pasang Chromium, atau isi MUFAKAT_CHROMIUM.")
    sqlite = dict(environ(), MUFAKAT_CHROMIUM=found)
    sqlite.pop("DATABASE_URL", None)
    call(python, "-m", "pytest", *(spread + arguments), env=sqlite)
    if arguments or WINDOWS:
        return
    say("Lapisan data sekali lagi, pada PostgreSQL")
    call(python, "-m", "tests.postgresql", "pytest", "-q", *(spread + DATA_LAYER))


def command_bench(arguments):
    """bench   menjalankan pengukuran di benchmarks/ (tanpa argumen: semuanya)"""
    install("bench")
    names = [word for word in arguments if not word.startswith("-")]
    if "--list" not in arguments and (not names or "ranking_budget" in names):
        install_if_possible("oracle", "pembandingnya (pabutools) dilewati")
    call(env_bin("bench", "python"), "-m", "benchmarks", *arguments)


def command_oracle(arguments):
    """oracle  menghitung ulang jawaban pembanding di tests/**/golden/"""
    install("oracle")
    call(env_bin("oracle", "python"), os.path.join("tests", "oracle.py"), *arguments)


def command_lock(arguments):
    """lock    mengunci ulang requirements/*.txt (bagi pengembang)"""
    install("dev")
    python = env_bin("dev", "python")
    for name in ("run", "dev", "bench", "oracle", "uv"):
        call(
            python,
            "-m",
            "uv",
            "pip",
            "compile",
            "-q",
            "--universal",
            "--python-version",
            "3.11",
            "--generate-hashes",
            "--no-emit-index-url",
            "--no-header",
            os.path.join("requirements", name + ".in"),
            "-o",
            os.path.join("requirements", name + ".txt"),
        )


COMMANDS = {
    "setup": command_setup,
    "demo": command_demo,
    "papers": command_papers,
    "test": command_test,
    "check": command_check,
    "serve": command_serve,
    "bench": command_bench,
    "oracle": command_oracle,
    "lock": command_lock,
}


def main(arguments):
    """Dispatch one command."""
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print("Pemakaian: python run.py PERINTAH\n")
        for name in sorted(COMMANDS):
            print("  " + COMMANDS[name].__doc__)
        return 0
    if arguments[0] not in COMMANDS:
        fail("Perintah '%s' tidak dikenal. Yang ada: %s." % (arguments[0], ", ".join(sorted(COMMANDS))))
    if not shutil.which("git"):
        say("git tidak ditemukan; itu hanya diperlukan untuk mengambil pembaruan")
    COMMANDS[arguments[0]](arguments[1:])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
