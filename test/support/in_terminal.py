"""Runs a command in a terminal of its own: prints what it shows, types what comes on standard input."""

import os
import pty
import sys

pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[1], sys.argv[1:])


def shown(descriptor):
    try:
        return os.read(descriptor, 65536)
    except OSError:
        return b""


if os.fork() == 0:
    while typed := os.read(0, 1024):
        os.write(terminal, typed)
    os._exit(0)

while data := shown(terminal):
    os.write(1, data)
os._exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) & 255)
