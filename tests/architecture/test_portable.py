"""What starts the program imports nothing that only one system has."""

import subprocess
import sys

SCRIPT = """
import multiprocessing, socket, socketserver, signal, subprocess, sys, types, zoneinfo
for name in ("SIGKILL", "SIGHUP", "SIGCHLD"):
    delattr(signal, name)
del socket.SO_REUSEPORT
sys.platform = "win32"
sys.modules.update(fcntl=None, msvcrt=types.ModuleType("msvcrt"), pwd=None, grp=None, resource=None)
from mufakat.config import pausing, processes, serve_command
from mufakat.config.waiting_room import WaitingRoom
room = WaitingRoom("127.0.0.1", 1)
room.open(), room.close()
print(serve_command._stage("hall"))
"""


def test_serving_imports_nothing_that_windows_lacks():
    answer = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=False)

    assert (answer.stdout, answer.stderr, answer.returncode) == ("hall\n", "", 0)
