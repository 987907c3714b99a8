"""An installation of Shunter: a folder with its configuration and its store, and a line of its own to the server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from adapters.sandbox.azure import Azure
from tests.jobs.command_line import configured_for
from tests.processes.line import Line, line_to
from tests.processes.shunter_process import ShunterProcess, Start, from_the_nursery
from tests.processes.timeline import Timeline

STORE = '# file = "/var/lib/shunter/shunter.db"'


@dataclass
class Installation:
    """Whatever it started is killed when the block is left in which it was made."""

    name: str
    folder: Path
    config: Path
    line: Line
    environment: dict[str, str]
    timeline: Timeline
    started: list[ShunterProcess] = field(default_factory=list)
    store: Path = field(init=False)

    def __post_init__(self) -> None:
        self.store = self.folder / "shunter.db"

    def keep_store_in(self, folder: Path) -> None:
        """From the next start on."""
        self.store = folder / "shunter.db"
        self.edit(STORE, f'file = "{self.store}"')

    def edit(self, old: str, new: str) -> None:
        """Its configuration; from the next start on."""
        text = self.config.read_text()
        assert old in text, old
        self.config.write_text(text.replace(old, new, 1))

    def start(self, *words: str, by: Start = from_the_nursery, file_limit: int | None = None) -> ShunterProcess:
        """`shunter <words> --config <its own>`."""
        said = self.folder / f"said-{len(self.started)}"
        said.touch()
        process = by((*words, "--config", str(self.config)), self.environment, said, file_limit)
        self.started.append(process)
        self.timeline.note(self.name, f"process {process.pid} starts: {' '.join(words)}")
        return process

    def look(self, *, by: Start = from_the_nursery) -> ShunterProcess:
        """One run, which has ended."""
        process = self.start("run", "--once", by=by)
        code = process.ended()
        self.timeline.note(self.name, f"process {process.pid} ends with {code}")
        return process

    def kill(self, process: ShunterProcess) -> None:
        process.kill()
        self.timeline.note(self.name, f"process {process.pid} is killed")


@contextmanager
def installed(
    azure: Azure, url: str, folder: Path, *, name: str = "shunter", store: str = "", timeline: Timeline | None = None
) -> Iterator[Installation]:
    """`store`: lines of the settings that say where it is; without any it is a file beside them."""
    timeline = timeline or Timeline()
    folder.mkdir(parents=True, exist_ok=True)
    with line_to(url) as line:
        line.watchers.append(timeline.of_requests(name))
        shunter = configured_for(azure, line.url + urlsplit(url).path, folder)
        shunter.edit("poll_seconds = 30", "poll_seconds = 10")
        shunter.edit(STORE, store or STORE)
        environment = {**shunter.environment(), "PATH": "/usr/bin:/bin", "HOME": str(folder), "LANG": "C.UTF-8"}
        installation = Installation(name, folder, shunter.config, line, environment, timeline)
        try:
            yield installation
        finally:
            for process in installation.started:
                process.kill()
