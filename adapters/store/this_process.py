"""This process: by which name others hear of it."""

from __future__ import annotations

import os
import socket


def this_process() -> str:
    return f"process {os.getpid()} on {socket.gethostname()}"
