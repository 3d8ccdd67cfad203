"""Whole processes measured from outside: CPU of the process and its children, memory of the largest."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from dataclasses import dataclass

_PROBE = """
import json, resource, subprocess, sys
code = subprocess.call(sys.argv[2:], stdout=subprocess.DEVNULL, stderr=open(sys.argv[1], "w"))
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([code, used.ru_utime + used.ru_stime, used.ru_maxrss]))
"""


@dataclass(frozen=True)
class Run:
    """One measured command: exit code, CPU seconds of all its processes, largest process in MB."""

    code: int
    cpu: float
    megabytes: float


def once(command: list[str], log: str = os.devnull) -> Run:
    """Run a command once in a fresh process tree."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    answer = subprocess.run(
        [sys.executable, "-c", _PROBE, log, *command], check=True, capture_output=True, text=True, env=environment
    ).stdout
    code, cpu, kilobytes = json.loads(answer)
    return Run(code, cpu, kilobytes / 1024)


def median(command: list[str], runs: int) -> Run:
    """The median of several runs after one that is not counted; memory is the largest seen."""
    once(command)
    found = [once(command) for _ in range(runs)]
    return Run(max(r.code for r in found), statistics.median(r.cpu for r in found), max(r.megabytes for r in found))
