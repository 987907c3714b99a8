"""A small world: the sandbox, the people who work in it, and the bot's way to it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from requests.adapters import BaseAdapter

from adapters.azure_devops.boards import Boards
from adapters.azure_devops.gateway import Gateway
from adapters.azure_devops.pace import Pace
from adapters.azure_devops.sign_in import by_pat
from adapters.sandbox.azure import Azure
from adapters.sandbox.clock import SettableClock
from adapters.sandbox.mhhs_process import MHHS_PROCESS
from adapters.sandbox.organisation import Limits
from adapters.sandbox.person import Person
from adapters.sandbox.process import Process
from adapters.sandbox.transport import InProcess
from bot.change import Change, Document, Edit, Field, Value
from bot.defect import Kind
from bot.remark import Remark
from tests.adapters.azure_devops.mhhs_spelling import MHHS

START = datetime(2026, 11, 30, 9, tzinfo=UTC)
BOT = "shunter@mhhs.example"
TESTER = "tess.hall@st.example"
MANAGER = "dev.patel@si.example"
URL = "https://dev.azure.com/mhhs"
PEOPLE = (
    Person("Shunter", BOT),
    Person("Tess Hall", TESTER),
    Person("Dev Patel", MANAGER),
    Person("Tim O'Dowd", "tim.o'dowd@st.example"),
)
CONNECTING = {"options", "discovery"}


class Clock:
    """Seconds that pass only while somebody waits."""

    def __init__(self) -> None:
        self.seconds = 1000.0
        self.waits: list[float] = []
        self.is_stopping = False

    def monotonic(self) -> float:
        return self.seconds

    def wait(self, seconds: float) -> bool:
        self.waits.append(seconds)
        self.seconds += seconds
        return self.is_stopping

    def pace(self, per_minute: int = 10_000) -> Pace:
        return Pace(monotonic=self.monotonic, wait=self.wait, per_minute=per_minute)


def an_azure(limits: Limits | None = None, process: Process = MHHS_PROCESS) -> Azure:
    clock = SettableClock(START)
    return Azure(organisation="mhhs", project="MHHS", process=process, people=PEOPLE, clock=clock, limits=limits)


class World:
    def __init__(self, azure: Azure, *, transport: BaseAdapter | None = None, query_page: int = 19_999) -> None:
        self.azure = azure
        self.clock = Clock()
        self.token = azure.token_for(BOT)
        self.signing_takes = 0.0
        self.gateway = Gateway(URL, by_pat(self._signing), self.clock.pace(), transport=transport or InProcess(azure))
        self.boards = Boards(self.gateway, MHHS, render, query_page=query_page)
        self._seen = 0

    def _signing(self) -> str:
        self.clock.seconds += self.signing_takes
        return self.token

    def defects(self, *ids: int, **fields: object) -> None:
        for id in ids:
            self.defect(id, fields)

    def defect(self, id: int, fields: Mapping[str, object]) -> None:
        known = {"System.Title": f"Defect {id}", "System.State": "Resolved"}
        self.azure.put(id, "Bug", known | dict(fields), by=TESTER, at=START)

    def candidate_list(self, id: int, fields: Mapping[str, object] | None = None) -> None:
        known = {"System.Title": "List", "System.State": "Proposed"}
        self.azure.put(id, "Candidate List", known | dict(fields or {}), by=BOT, at=START)

    def asked(self) -> dict[str, int]:
        """How often each operation was asked for since the last time, the SDK's own questions left out."""
        new = [exchange for exchange in self.azure.journal[self._seen :] if exchange.method != "OPTIONS"]
        self._seen = len(self.azure.journal)
        return dict(Counter(exchange.operation for exchange in new))

    def state(self, id: int) -> object:
        return self.azure.item(id).fields["System.State"]

    def rev(self, id: int) -> int:
        return self.azure.item(id).rev


def render(document: Document) -> str:
    return f"<p>{'. '.join(document.sentences)}</p>" if isinstance(document, Remark) else "<p>page</p>"


def a_change(
    id: int | None = None,
    rev: int | None = 1,
    edits: Mapping[Field, Value] | None = None,
    *,
    kind: Kind = Kind.DEFECT,
    assignees: Iterable[str] = (),
) -> Change:
    changed = tuple(Edit(field, None, value) for field, value in (edits or {}).items())
    return Change(kind, id, rev if id is not None else None, changed, assignees=tuple(assignees))
