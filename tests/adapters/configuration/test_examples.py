"""The two programmes that are shipped as examples: they load, and they say what the programmes wrote down."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from adapters.configuration.configuration import Configuration, Connection, Limits, Mode
from adapters.configuration.default_spelling import FIELDS, LINKS, STATES, TYPES
from adapters.configuration.example import example_text
from adapters.configuration.load import configured, load
from adapters.configuration.settings import Settings, Table
from adapters.configuration.spell import key_of, settings_of
from bot.change import Field, LinkKind
from bot.defect import Kind, State
from bot.environment import Closes, Dated, Freeze, Holiday, MustPass, Weekly
from bot.number import Number, ReleaseType
from bot.party import WayBack
from bot.window import next_window
from tests.adapters.configuration.a_file import ENVIRON

ROOT = Path(__file__).parents[3]
LONDON = ZoneInfo("Europe/London")
SAMPLE = re.compile(r"^# (\w+ = .*|\[.+\])$", re.MULTILINE)
OF_ANOTHER_KIND = re.compile(
    r"^(tenant|client_id|authority|secret_\w+|certificate_file|federated_token_file|(former_)?password_file) = .*\n",
    re.MULTILINE,
)
STORE = {"SHUNTER_STORE_PASSWORD": "the-password-of-the-store"}
HOOKS = {"SHUNTER_HOOKS_PASSWORD": "a-password-of-hooks", "SHUNTER_FORMER_HOOKS_PASSWORD": "the-one-before-that"}


def uncommented() -> str:
    """The example with the settings that it shows in comments, as if somebody had taken them all."""
    return SAMPLE.sub(r"\1", example_text())


@pytest.fixture
def mhhs() -> Configuration:
    return load(ROOT / "config.example.toml", ENVIRON)


@pytest.fixture
def cssc(tmp_path: Path) -> Configuration:
    file = tmp_path / "config.toml"
    file.write_text((ROOT / "docs" / "config.cssc.example.toml").read_text())
    (tmp_path / "token").touch(0o600)
    (tmp_path / "token").write_text("a-token")
    return load(file, {})


def test_mhhs_has_four_environments_in_two_phases(mhhs: Configuration) -> None:
    assert {e.name: e.phase for e in mhhs.programme.environments.values()} == {
        "SIT Staging": "SIT",
        "SIT-A": "SIT",
        "SIT-B": "SIT",
        "UIT": "UIT",
    }


def test_mhhs_releases_on_mondays_into_sit_and_before_that_on_fridays_into_staging(mhhs: Configuration) -> None:
    assert {name: e.weekly for name, e in mhhs.programme.environments.items()} == {
        "SIT Staging": (Weekly(4, time(14), timedelta(hours=3)),),
        "SIT-A": (Weekly(0, time(9), timedelta(hours=8)),),
        "SIT-B": (Weekly(0, time(13), timedelta(hours=5)),),
        "UIT": (Weekly(2, time(9), timedelta(hours=8)),),
    }


def test_mhhs_keeps_its_two_sit_environments_level_and_prefers_staging_first(mhhs: Configuration) -> None:
    environments = mhhs.programme.environments
    assert environments["SIT-A"].level_with == ("SIT-B",)
    assert environments["SIT-B"].level_with == ("SIT-A",)
    for name in ("SIT-A", "SIT-B"):
        assert environments[name].must_pass == (MustPass("SIT Staging", is_mandatory=False),)
    assert environments["UIT"].must_pass == ()


def test_mhhs_rfcs_are_approved_by_the_release_manager_of_the_phase(mhhs: Configuration) -> None:
    environments = mhhs.programme.environments
    for name in ("SIT Staging", "SIT-A", "SIT-B"):
        assert environments[name].approvals == {"SI Release Manager": {"rhona.reid@si.example"}}
        assert environments[name].agrees == {"SIT Defect Manager": {"dev.patel@si.example"}}
    assert environments["UIT"].approvals == {"Qualification Test Release Manager": {"quentin.marsh@qt.example"}}
    assert environments["UIT"].agrees == {"UIT Defect Manager": {"maeve.byrne@qt.example"}}


def test_mhhs_environments_take_patches_without_smoke_test_and_people_close_rfcs(mhhs: Configuration) -> None:
    for environment in mhhs.programme.environments.values():
        assert environment.regular_type is ReleaseType.PATCH
        assert environment.holiday is Holiday.MOVED
        assert not environment.smoke_test
        assert environment.closes is Closes.RELEASE_MANAGER


def test_mhhs_has_six_parties_of_which_two_fix_forward(mhhs: Configuration) -> None:
    parties = mhhs.programme.parties
    assert list(parties) == ["DCC", "Electralink", "Elexon", "RECCo", "St Clements", "Avanade"]
    assert {p.name for p in parties.values() if p.way_back is WayBack.FIX_FORWARD} == {"Elexon", "St Clements"}
    assert {p.name: p.components for p in parties.values() if p.components} == {
        "Elexon": ("Helix",),
        "Avanade": ("DIP",),
    }
    assert parties["DCC"].release_managers == parties["DCC"].people == {"rm@dcc.example"}


def test_mhhs_parties_use_the_environments_that_they_have(mhhs: Configuration) -> None:
    def using(environment: str) -> list[str]:
        return [p.name for p in mhhs.programme.parties.values() if environment in p.environments]

    assert using("SIT Staging") == ["DCC", "Elexon"]
    assert using("SIT-A") == using("SIT-B") == list(mhhs.programme.parties)
    assert using("UIT") == ["DCC", "Elexon", "RECCo", "Avanade"]


def test_mhhs_has_a_days_notice_and_moves_a_window_that_falls_on_a_bank_holiday(mhhs: Configuration) -> None:
    programme = mhhs.programme
    assert programme.notice == {ReleaseType.MAJOR: 0, ReleaseType.MINOR: 1, ReleaseType.PATCH: 1}
    assert programme.zone == LONDON
    window = next_window(programme.environments["SIT-A"], programme, datetime(2026, 12, 22, 9, tzinfo=LONDON))
    assert window is not None
    assert window.start == datetime(2026, 12, 29, 9, tzinfo=LONDON)


def test_the_example_only_observes_and_keeps_its_store_beside_it(mhhs: Configuration) -> None:
    assert mhhs.mode is Mode.OBSERVE
    assert mhhs.connection == Connection("https://dev.azure.com/mhhs", "MHHS")
    assert mhhs.sign_in.account == "shunter@mhhs.example"
    assert (mhhs.poll_interval, mhhs.resync_interval) == (timedelta(minutes=2), timedelta(days=1))
    assert mhhs.limits == Limits(requests_per_minute=60, changes_per_run=200)
    assert (mhhs.store, mhhs.folder, mhhs.backups) == (ROOT / "shunter.db", ROOT, 7)


def test_a_service_keeps_its_store_in_the_folder_that_systemd_made_for_it() -> None:
    environ = {**ENVIRON, "STATE_DIRECTORY": "/var/lib/shunter:/var/lib/other"}
    configuration = load(ROOT / "config.example.toml", environ)
    assert configuration.store == Path("/var/lib/shunter/shunter.db")
    assert configuration.folder == Path("/var/lib/shunter")


def test_the_example_spells_everything_as_the_defaults_do(mhhs: Configuration) -> None:
    table = tomllib.loads(example_text())
    del table["work_items"], table["links"]
    assert mhhs.spelling == configured(table, ROOT, ENVIRON).spelling
    assert mhhs.spelling.web_url == "https://dev.azure.com/mhhs/MHHS"
    assert mhhs.spelling.zone == LONDON


def test_every_meaning_has_a_default_spelling() -> None:
    assert {field for fields in FIELDS.values() for field in fields} == set(Field)
    assert set(LINKS) == set(LinkKind)
    for kind, states in STATES.items():
        missing = {state.name for state in type(next(iter(states)))} - {state.name for state in states} - {"OTHER"}
        assert missing == ({"READY_FOR_RETEST"} if kind is Kind.CHANGE_REQUEST else set())


def test_every_spelling_stands_in_the_example() -> None:
    shown = Settings.model_validate(tomllib.loads(example_text()))
    for kind in Kind:
        _, own = settings_of(kind, shown.work_items)
        assert tuple(own.types or ()) == TYPES[kind]
        assert own.fields == {key_of(field): name for field, name in FIELDS[kind].items()}
        assert own.states == {key_of(state): list(names) for state, names in STATES[kind].items()}
    assert shown.links == {key_of(kind): name for kind, name in LINKS.items()}


def test_every_setting_stands_in_the_example() -> None:
    given: dict[type[Table], set[str]] = {}
    for table in _tables(Settings.model_validate(tomllib.loads(uncommented()))):
        given.setdefault(type(table), set()).update(table.model_fields_set)
    assert given.keys() == set(Table.__subclasses__())
    assert {kind.__name__: kind.model_fields.keys() - names for kind, names in given.items()} == {
        kind.__name__: set() for kind in given
    }


def _tables(value: object) -> Iterator[Table]:
    inner: Iterable[object] = ()
    if isinstance(value, Table):
        yield value
        inner = (one for _, one in value)
    elif isinstance(value, dict):
        inner = value.values()
    elif isinstance(value, list):
        inner = value
    for one in inner:
        yield from _tables(one)


def test_what_the_example_shows_as_a_comment_can_be_taken_as_it_stands() -> None:
    text = uncommented().replace('token_variable = "SHUNTER_TOKEN"\n', "")
    text = text.replace('token_file = "/etc/shunter/token"', 'token_variable = "SHUNTER_TOKEN"')
    table = tomllib.loads(OF_ANOTHER_KIND.sub("", text))
    on_a_server = {name: table["store"].pop(name) for name in ("url", "password_variable", "ca_file")}
    configuration = configured(table, ROOT, ENVIRON | HOOKS)
    programme = configuration.programme
    assert configuration.hooks is not None
    assert [one.reveal() for one in configuration.hooks.passwords] == list(HOOKS.values())
    assert configuration.sign_in.expires == date(2027, 3, 31)
    assert (configuration.store, configuration.backups) == (Path("/var/lib/shunter/shunter.db"), 7)
    server = configured(table | {"store": on_a_server}, ROOT, ENVIRON | HOOKS | STORE).store
    assert str(server) == "shunter on db.mhhs.example:5432"
    assert programme.working_days.closed[date(2026, 12, 24)] == "Christmas shutdown"
    assert programme.working_days.closed[date(2026, 12, 31)] == "Christmas shutdown"
    sit_a = programme.environments["SIT-A"]
    start = datetime(2027, 3, 2, 9, tzinfo=LONDON)
    announced = {"DCC": Number(6)}
    assert sit_a.dated == (Dated(start, start + timedelta(hours=8), ReleaseType.MAJOR, "IR8", "IR7.1", announced),)
    assert sit_a.freezes == (Freeze(date(2027, 2, 15), date(2027, 2, 19), "Migration rehearsal"),)
    assert programme.environments["SIT"].stands_for == ("SIT-A", "SIT-B")
    everywhere = ("SIT Staging", "SIT-A", "SIT-B", "UIT")
    assert programme.parties["DCC"].baseline == dict.fromkeys(everywhere, Number(5, 2, 15))


def test_what_init_writes_is_the_example() -> None:
    assert example_text() == (ROOT / "config.example.toml").read_text(encoding="utf-8")


def test_cssc_goes_through_qas2_to_ccmt_on_thursdays(cssc: Configuration) -> None:
    environments = cssc.programme.environments
    assert {name: e.weekly for name, e in environments.items()} == {
        "QAS2": (Weekly(3, time(9), timedelta(hours=3)),),
        "CCMT": (Weekly(3, time(14), timedelta(hours=4)),),
    }
    assert environments["QAS2"].must_pass == ()
    assert environments["CCMT"].must_pass == (MustPass("QAS2", is_mandatory=True),)


def test_cssc_is_complete_after_its_smoke_test_and_the_bot_closes(cssc: Configuration) -> None:
    for environment in cssc.programme.environments.values():
        assert environment.smoke_test
        assert environment.closes is Closes.BOT
        assert environment.approvals == {"Release Manager": {"rm@cssc.example"}}
        assert environment.agrees == {"Defect Manager": {"dm@cssc.example"}}


def test_cssc_has_its_own_names(cssc: Configuration) -> None:
    programme = cssc.programme
    assert programme.name == "CSSC"
    assert programme.internal_test == "Internal test"
    assert [programme.name_of(type_) for type_ in ReleaseType] == ["Baseline", "minor", "Regular", "Emergency"]
    assert cssc.spelling.types[Kind.RFC] == ("Request Deployment",)


def test_cssc_parties_fix_forward(cssc: Configuration) -> None:
    assert {p.name: p.way_back for p in cssc.programme.parties.values()} == {
        "CSS Provider": WayBack.FIX_FORWARD,
        "DCC": WayBack.FIX_FORWARD,
    }


def test_a_configuration_names_only_what_differs(cssc: Configuration, mhhs: Configuration) -> None:
    assert cssc.spelling.states == mhhs.spelling.states
    assert cssc.spelling.fields == mhhs.spelling.fields
    assert cssc.spelling.written_state(Kind.DEFECT, State.READY_FOR_RETEST) == "Ready for Retest"


def test_a_window_may_go_past_midnight() -> None:
    text = example_text().replace('end = "18:00" }', 'end = "02:00", next_day = true }')
    programme = configured(tomllib.loads(text), ROOT, ENVIRON).programme
    assert programme.environments["SIT-B"].weekly == (Weekly(0, time(13), timedelta(hours=13)),)


def test_people_are_compared_without_regard_to_case() -> None:
    text = example_text().replace("rhona.reid@si.example", "Rhona.Reid@SI.example")
    environment = configured(tomllib.loads(text), ROOT, ENVIRON).programme.environments["SIT-A"]
    assert environment.approvals == {"SI Release Manager": {"rhona.reid@si.example"}}


def test_a_name_may_have_an_apostrophe_within_a_word() -> None:
    text = example_text().replace("RECCo", "O'Neill").replace("[parties.O'Neill]", '[parties."O\'Neill"]')
    assert "O'Neill" in configured(tomllib.loads(text), ROOT, ENVIRON).programme.parties
