"""Settings: the shape of the file, one class for each table, as it is before anything is made of it.

Every setting has a default here, so that a file with mistakes can still be read for further ones; those without
which nothing works are named in `needed`, each with a line that gives it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict

from adapters.configuration.wording import Account, Clock, Line, SignIn, whole

Day = Literal["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

# The rules look for windows twelve weeks ahead, which is some sixty working days less holidays and shutdowns.
_NEVER_KEPT = "windows are looked for twelve weeks ahead, so a longer notice could never be kept"
Notice = Annotated[int, AfterValidator(whole(0, 40, _NEVER_KEPT))]

AUTHORITY = "https://login.microsoftonline.com"

_OTHER_POINTS = "1 is met by the RFC itself, 7 is the approval, and 8 to 10 come after it"
ApprovalNeed = Annotated[int, AfterValidator(whole(2, 6, _OTHER_POINTS))]


class Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)

    needed: ClassVar[Mapping[str, str]] = {}

    def gives(self, *names: str) -> bool:
        """Whether the file itself names all of these settings, and readably."""
        return self.model_fields_set.issuperset(names)


class DaysSettings(Table):
    needed = {"first": "first = 2026-12-24", "last": "last = 2027-01-01", "why": 'why = "Christmas"'}

    first: date = date.min
    last: date = date.min
    why: Line = ""


class NoticeSettings(Table):
    major: Notice = 0
    minor: Notice = 1
    patch: Notice = 1


class TypeNamesSettings(Table):
    major: Line = "major"
    minor: Line = "minor"
    patch: Line = "patch"
    emergency: Line = "emergency"


class ProgrammeSettings(Table):
    needed = {"name": 'name = "MHHS"'}

    name: Line = ""
    time_zone: str = "Europe/London"
    shutdowns: list[DaysSettings] = []
    internal_test: str = ""
    governance: list[SignIn] = []
    concerned: dict[str, list[SignIn]] = {"Participants": []}
    readiness_blocks: bool = False
    notice: NoticeSettings = NoticeSettings()
    type_names: TypeNamesSettings = TypeNamesSettings()


class ConnectionSettings(Table):
    needed = {"organisation_url": 'organisation_url = "https://dev.azure.com/name"', "project": 'project = "MHHS"'}

    organisation_url: str = ""
    server: bool = False
    project: str = ""
    ca_file: Line = ""
    proxy: Line = ""


class PeopleSignInSettings(Table):
    needed = {"tenant": 'tenant = "mhhs.example"', "client_id": 'client_id = "00000000-0000-0000-0000-000000000000"'}

    tenant: Line = ""
    client_id: Line = ""


class SignInSettings(Table):
    needed = {"account": 'account = "shunter@company.com"'}

    kind: Literal["pat", "client_secret", "certificate", "federation", "managed_identity"] = "pat"
    account: Account = ""
    token_file: Line = ""
    token_variable: str = ""
    tenant: Line = ""
    client_id: Line = ""
    authority: Line = AUTHORITY
    secret_file: Line = ""
    secret_variable: str = ""
    certificate_file: Line = ""
    federated_token_file: Line = ""
    expires: date | None = None
    people: PeopleSignInSettings | None = None


class RunningSettings(Table):
    mode: Literal["observe", "act"] = "observe"
    poll_seconds: Annotated[int, AfterValidator(whole(10, 3600))] = 120
    resync_hours: Annotated[int, AfterValidator(whole(1, 168))] = 24
    run_minutes: Annotated[int, AfterValidator(whole(5, 1440))] = 30


class StoreSettings(Table):
    file: Line = ""
    url: Line = ""
    password_file: Line = ""
    password_variable: str = ""
    ca_file: Line = ""
    backups: Annotated[int, AfterValidator(whole(0, 366))] = 7
    keep_days: Annotated[int, AfterValidator(whole(0, 36_500))] = 730


class HooksSettings(Table):
    address: Line = "127.0.0.1"
    port: Annotated[int, AfterValidator(whole(1, 65_535))] = 8420
    password_file: Line = ""
    password_variable: str = ""
    former_password_file: Line = ""
    former_password_variable: str = ""


class HealthSettings(Table):
    address: Line = "127.0.0.1"
    port: Annotated[int, AfterValidator(whole(1, 65_535))] = 8421


class LogsSettings(Table):
    format: Literal["text", "json"] = "text"


class LimitsSettings(Table):
    requests_per_minute: Annotated[int, AfterValidator(whole(1, 600))] = 60
    changes_per_run: Annotated[int, AfterValidator(whole(1, 10_000))] = 200


class PagesSettings(Table):
    wiki: Line = ""


class CanarySettings(Table):
    item: Annotated[int, AfterValidator(whole(1, 2_147_483_647))] | None = None


class WindowSettings(Table):
    needed = {"day": 'day = "Monday"', "start": 'start = "09:00"', "end": 'end = "17:00"'}

    day: Day = "Monday"
    start: Clock = time.min
    end: Clock = time.min
    next_day: bool = False


class ExtraWindowSettings(Table):
    needed = {
        "start": "start = 2027-03-02T09:00:00",
        "end": "end = 2027-03-02T17:00:00",
        "type": 'type = "major"',
    }

    start: datetime = datetime.min  # noqa: DTZ901 - a placeholder that is never looked at
    end: datetime = datetime.min  # noqa: DTZ901
    type: Literal["major", "minor", "patch"] = "major"
    roadmap: Line = ""
    after: Line = ""
    numbers: dict[str, str] = {}


class MustPassSettings(Table):
    needed = {"environment": 'environment = "SIT Staging"', "mandatory": "mandatory = true"}

    environment: str = ""
    mandatory: bool = True
    by: Literal["deployed", "tested_in"] = "deployed"
    except_found_here: bool = False


class EvidenceSettings(Table):
    needed = {"party": 'party = "DCC"', "kind": 'kind = "pipeline"', "name": 'name = "SIT-A"'}

    party: str = ""
    kind: Literal["pipeline", "release", "build", "test_run"] = "pipeline"
    name: Line = ""
    pipeline: Line = ""
    stage: Line = ""
    project: Line = ""
    number_in: Literal["name", "tags"] = "name"


class EnvironmentSettings(Table):
    needed = {
        "approvals": 'approvals = { "Release Manager" = ["name@company.com"] }',
        "agrees": 'agrees = { "Defect Manager" = ["name@company.com"] }',
    }

    phase: Line = ""
    stands_for: list[str] = []
    approvals: dict[str, list[SignIn]] = {}
    agrees: dict[str, list[SignIn]] = {}
    deployment_managers: list[SignIn] = []
    test_managers: list[SignIn] = []
    environments_managers: list[SignIn] = []
    build_managers: list[SignIn] = []
    approval_needs: list[ApprovalNeed] = [2]
    test_defect_manager: SignIn = ""
    level_with: list[str] = []
    must_pass: list[MustPassSettings] = []
    regular_type: Literal["minor", "patch"] = "patch"
    windows: list[WindowSettings] = []
    extra_windows: list[ExtraWindowSettings] = []
    on_holiday: Literal["moved", "skipped"] = "moved"
    freezes: list[DaysSettings] = []
    smoke_test: bool = False
    evidence: list[EvidenceSettings] = []
    closes: Literal["release_manager", "bot"] = "release_manager"


class PartySettings(Table):
    needed = {"environments": 'environments = ["SIT-A"]'}

    components: list[Line] = []
    environments: list[str] = []
    release_managers: list[SignIn] = []
    people: list[SignIn] = []
    way_back: Literal["rollback", "fix_forward"] = "rollback"
    numbers: Literal["party", "shunter"] = "party"
    baseline: dict[str, str] = {}


class WorkItemSettings(Table):
    types: list[str] | None = None
    states: dict[str, list[str]] = {}
    fields: dict[str, str] = {}


class WorkItemsSettings(Table):
    defect: WorkItemSettings = WorkItemSettings()
    change_request: WorkItemSettings = WorkItemSettings()
    candidate_list: WorkItemSettings = WorkItemSettings()
    rfc: WorkItemSettings = WorkItemSettings()


class Settings(Table):
    needed = {"environments": "[environments.SIT-A]", "parties": "[parties.DCC]"}

    programme: ProgrammeSettings = ProgrammeSettings()
    connection: ConnectionSettings = ConnectionSettings()
    sign_in: SignInSettings = SignInSettings()
    running: RunningSettings = RunningSettings()
    store: StoreSettings = StoreSettings()
    limits: LimitsSettings = LimitsSettings()
    pages: PagesSettings = PagesSettings()
    canary: CanarySettings = CanarySettings()
    hooks: HooksSettings | None = None
    health: HealthSettings | None = None
    logs: LogsSettings = LogsSettings()
    environments: dict[str, EnvironmentSettings] = {}
    parties: dict[str, PartySettings] = {}
    work_items: WorkItemsSettings = WorkItemsSettings()
    links: dict[str, str] = {}
