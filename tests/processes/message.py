"""One message of HTTP as it goes over a line: its first line, and all of its bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import BinaryIO

ID = re.compile(r"(?<=/)(\d+|[0-9a-f]{8}-[0-9a-f-]{27})(?=/|$)")


@dataclass(frozen=True, slots=True)
class Message:
    """A request or an answer; its body is as long as its head says."""

    head: bytes
    body: bytes

    @property
    def bytes(self) -> bytes:
        return self.head + self.body

    @property
    def operation(self) -> str:
        """Of a request: its method and where it goes, without organisation, project and what differs each time."""
        method, target, _ = self.head.split(b" ", 2)
        _, _, path = target.partition(b"?")[0].decode().partition("/_apis")
        return f"{method.decode()} {ID.sub('#', path).strip('/') or 'operations'}"

    @property
    def is_write(self) -> bool:
        """A change of a work item. The rest are reads, some of which are posted."""
        return any(self.operation.startswith(write) for write in WRITES)


WRITES = ("PATCH wit/workitems/", "PATCH wit/workItems/", "POST wit/workitems/$", "POST wit/workItems/$", "PATCH wit/$")


def read_message(file: BinaryIO) -> Message | None:
    """None where the other side has closed the connection."""
    head = file.readline()
    while head and not head.endswith(b"\r\n\r\n"):
        line = file.readline()
        if not line:
            return None
        head += line
    if not head:
        return None
    length = re.search(rb"(?im)^content-length: *(\d+)", head)
    body = file.read(int(length[1])) if length else b""
    return Message(head, body)
