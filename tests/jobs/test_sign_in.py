"""Signing in at the command line by Entra ID: the service, and a person who types a code into a browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Event

import pytest

from adapters.azure_devops.answers import SignedOut
from adapters.configuration.load import load
from adapters.configuration.secret import Secret
from adapters.credentials import Application, ClientSecret
from adapters.entra.service_sign_in import service_sign_in
from adapters.sandbox import signed_out
from adapters.sandbox.answer import Answer
from adapters.sandbox.azure import Azure
from adapters.sandbox.faults import CarryOut
from adapters.sandbox.mhhs_seeds.people import BOT, SIT_DEFECT_MANAGER
from adapters.sandbox.serve import served
from adapters.sandbox.tokens import MARK
from jobs.run import Ending
from jobs.wiring import boards_of
from tests.identity.client import PUBLIC, SECRET, Client
from tests.identity.identity_service import TENANT, Service, identity_service
from tests.jobs.command_line import Said, Shunter, configured_for, ran
from tests.jobs.play import URL, Play, wired
from tests.jobs.small_world import IN_SIT_A, settings, small_programme

APP, PEOPLE_APP = "5e9f0a52-7a0c-4f0e-9c47-2f5a0f6e9d11", "0a1b2c3d-7a0c-4f0e-9c47-2f5a0f6e9d22"
A_SECRET = f"correct-horse-{MARK}-staple"
TOKEN = 'token_variable = "SHUNTER_TOKEN"'
DEFECT = str(IN_SIT_A[0])


@dataclass
class Desk:
    """A machine on which nobody has a token of Azure DevOps."""

    shunter: Shunter
    service: Service

    def __call__(self, *words: str, **environment: str) -> Said:
        environ = {"COLUMNS": "160", "NO_COLOR": "1", "SHUNTER_TOKEN": "", "SHUNTER_PERSON_TOKEN": "", **environment}
        return ran(*words, "--config", str(self.shunter.config), environment=environ)


@pytest.fixture
def desk(azure: Azure, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with served(azure) as url, identity_service(azure, tmp_path) as (service, ca_file):
        shunter = configured_for(azure, url, tmp_path)
        app_settings = f'tenant = "{TENANT}"\nclient_id = "{APP}"\nauthority = "{service.url}"\n'
        shunter.edit(TOKEN, f'secret_variable = "SHUNTER_SECRET"\n{app_settings}')
        shunter.edit('kind = "pat"', 'kind = "client_secret"')
        shunter.edit('project = "MHHS"', f'project = "MHHS"\nca_file = "{ca_file}"')
        service.knows(Client(APP, SECRET, BOT, secret=A_SECRET))
        yield Desk(shunter, service)


def for_people(desk: Desk) -> None:
    desk.shunter.edit("[running]", f'people = {{ tenant = "{TENANT}", client_id = "{PEOPLE_APP}" }}\n\n[running]')
    desk.service.knows(Client(PEOPLE_APP, PUBLIC))
    desk.service.at_the_browser = lambda code: desk.service.types(code, account=SIT_DEFECT_MANAGER)


def test_the_service_does_its_job_with_a_secret_of_its_app(desk: Desk) -> None:
    did = desk("run", "--once", SHUNTER_SECRET=A_SECRET)
    assert did.code == 0
    assert "propose a new list" in did.data
    assert A_SECRET not in did.data + did.talk


def test_a_secret_that_is_refused_is_a_lost_sign_in(desk: Desk) -> None:
    did = desk("run", "--once", SHUNTER_SECRET="wrong-horse")
    assert did.code == 4
    assert "signing in at Entra ID: invalid_client" in did.talk
    assert "horse" not in did.data + did.talk


def test_a_sign_in_service_that_is_down_is_waited_for_and_nothing_is_asked_or_written(
    play: Play, tmp_path: Path
) -> None:
    with identity_service(play.azure, tmp_path) as (service, ca_file):
        service.knows(Client(APP, SECRET, BOT, secret=A_SECRET))
        credential = ClientSecret(Application(TENANT, APP, service.url), Secret(A_SECRET))
        sign_in = service_sign_in(credential, ca_file=ca_file)
        configuration = settings(small_programme(), play.azure, URL, tmp_path)
        play.world = wired(play.azure, configuration, play.world.store, sign_in=sign_in)
        service.is_down = True

        report = play.try_to_look()

        assert report.ending is Ending.FAILED
        assert "signing in at Entra ID: no " in report.why
        assert play.asked() == []
        assert [run.why for run in play.world.store.ledger.runs(9)] == [report.why]

        service.is_down = False
        play.look()
        assert play.news() != []


def test_a_sign_in_service_that_goes_down_in_mid_run_ends_its_writes_and_the_next_run_makes_them(desk: Desk) -> None:
    azure = desk.shunter.azure

    def both_go(_carry_out: CarryOut) -> Answer:
        azure.tokens.expire(desk.service.issued[-1])
        desk.service.is_down = True
        return signed_out.refusal()

    azure.faults.add("create", both_go)
    did = desk("run", "--once", SHUNTER_SECRET=A_SECRET)
    assert did.code == 3
    assert "signing in at Entra ID: no " in did.data
    assert azure.items("Candidate List") == ()
    assert [e.status for e in azure.journal if e.operation == "create"] == [401]

    desk.service.is_down = False
    assert desk("run", "--once", SHUNTER_SECRET=A_SECRET).code == 0
    made = [
        (i.fields["Custom.ReleaseEnvironment"], i.fields["Custom.ReleaseParty"]) for i in azure.items("Candidate List")
    ]
    assert len(made) == len(set(made)) > 0


def test_the_doctor_warns_before_what_it_signs_in_with_ends(desk: Desk) -> None:
    desk.shunter.edit("[running]", f"expires = {date(2026, 12, 20)}\n\n[running]")
    did = desk("doctor", SHUNTER_SECRET=A_SECRET)
    assert f"sign-in: what {BOT} signs in with ends on Sun 20-Dec-2026: renew it before" in did.talk
    assert did.code == 0


def test_who_reads_data_alone_is_warned_too(desk: Desk) -> None:
    desk.shunter.edit("[running]", f"expires = {date(2026, 12, 20)}\n\n[running]")
    did = desk("run", "--once", "-o", "json", SHUNTER_SECRET=A_SECRET)
    assert "ends on Sun 20-Dec-2026: renew it before" in did.talk
    assert did.json["ending"] == "done"


def test_a_secret_that_is_put_in_the_place_of_the_old_one_is_used_without_a_restart(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.touch(0o600)
    file.write_text(A_SECRET)
    desk.shunter.edit('secret_variable = "SHUNTER_SECRET"', 'secret_file = "secret"')
    boards = boards_of(load(desk.shunter.config, {}), Event())
    boards.signed_in_as()

    desk.service.knows(Client(APP, SECRET, BOT, secret=f"another-{MARK}"))
    desk.shunter.azure.tokens.expire(desk.service.issued[-1])
    with pytest.raises(SignedOut, match="invalid_client"):
        boards.closely([1])
    file.write_text(f"another-{MARK}")

    assert boards.closely([1]) == ()


def test_a_token_that_is_put_in_the_place_of_the_old_one_is_used_without_a_restart(
    azure: Azure, tmp_path: Path
) -> None:
    file = tmp_path / "token"
    file.touch(0o600)
    with served(azure) as url:
        shunter = configured_for(azure, url, tmp_path)
        file.write_text(shunter.token)
        shunter.edit(TOKEN, 'token_file = "token"')
        boards = boards_of(load(shunter.config, {}), Event())
        boards.signed_in_as()

        azure.tokens.expire(shunter.token)
        with pytest.raises(SignedOut):
            boards.closely([1])
        azure.tokens.accept(f"another-{MARK}", BOT)
        file.write_text(f"another-{MARK}")

        assert boards.closely([1]) == ()
    assert [e.status for e in azure.journal if e.operation == "workitemsbatch"] == [203, 203, 200]


def test_a_person_types_a_code_and_history_has_their_name(desk: Desk) -> None:
    for_people(desk)
    did = desk("hold", DEFECT, "--why", "The data is not ready.")
    assert did.code == 0
    assert "Open https://login.example/device in a browser and type the code " in did.talk
    assert desk.shunter.azure.item(int(DEFECT)).history[-1].by.sign_in == SIT_DEFECT_MANAGER
    again = desk("unhold", DEFECT, "--why", "It is ready.")
    assert again.code == 0
    assert "type the code" not in again.talk


def test_who_signs_out_is_asked_again(desk: Desk) -> None:
    for_people(desk)
    assert desk("sign-out").talk == "Nobody is signed in here.\n"
    desk("hold", DEFECT, "--why", "The data is not ready.")
    assert desk("sign-out").talk == "Signed out.\n"
    assert "type the code" in desk("unhold", DEFECT, "--why", "It is ready.").talk


def test_where_no_app_is_named_for_people_they_are_told_what_to_do(desk: Desk) -> None:
    did = desk("hold", DEFECT, "--why", "The data is not ready.")
    assert did.code == 4
    assert "put a personal access token of your own into SHUNTER_PERSON_TOKEN" in did.talk
