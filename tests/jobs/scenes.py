"""Scenes: for each job the moment at which it has something to do, what it then does, and what may go wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from adapters.sandbox.faults import Fault
from tests.jobs.accidents import a_rule_says_no, meanwhile
from tests.jobs.play import Play
from tests.jobs.sources import a_source


@dataclass(frozen=True)
class Scene:
    """`prepare` plays up to the moment; `subjects` is what a plan then names, `does` all that the job writes.

    `write` is the operation of its first write: with `trouble` in its way, only `still_does` is written.
    """

    prepare: Callable[[Play], None]
    subjects: tuple[str, ...]
    does: tuple[str, ...]
    write: str
    trouble: Callable[[Play], Fault]
    still_does: tuple[str, ...]


def _nothing(_: Play) -> None:
    """The story has only begun."""


def _agreed(play: Play) -> None:
    play.proposed()
    play.at(3, 11)
    play.cast.agree("SIT-A")
    play.cast.agree("SIT-B")


def _sealed(play: Play) -> None:
    play.sealed()
    play.at(3, 11, 10)


def _deployed(play: Play) -> None:
    play.approved()
    play.at(7, 14)
    play.cast.deploy("SIT-A")
    play.cast.deploy("SIT-B")


def _closed(play: Play) -> None:
    _deployed(play)
    play.look()
    play.seen()
    play.at(8, 8)
    play.cast.close("SIT-A")
    play.cast.close("SIT-B")


def _approved(play: Play) -> None:
    play.raised()
    play.at(4, 8)
    play.cast.approve("SIT-A")
    play.cast.approve("SIT-B")


def _asked(play: Play) -> None:
    play.proposed()
    play.at(3, 10)
    listed = play.cast.the_list("SIT-A", "DCC").id
    play.azure.person("dev.patel@si.example").comment(
        listed, "<div>/hold 123 no data</div><div>/hold 789 no data</div>"
    )


def _seen_deployed(play: Play) -> None:
    play.approved()
    play.watches(*(a_source(environment) for environment in ("SIT-A", "SIT-B")))
    play.at(7, 14)
    for environment in ("SIT-A", "SIT-B"):
        play.azure.pipelines.deploys(environment=environment, pipeline="dcc-release", build="5.2.16.0")


def _rolled_back(play: Play) -> None:
    _deployed(play)
    play.look()
    play.seen()
    play.at(7, 16)
    play.cast.roll_back("SIT-A")


def _raised_twice(play: Play) -> None:
    """As the fence forbids it: another RFC of the bot's own stands for each of the two keys."""
    play.raised()
    for environment in ("SIT-A", "SIT-B"):
        play.raise_another(environment)
    play.seen()


def _edited(who: str, type: str) -> Callable[[Play], Fault]:
    """Somebody edits the list or RFC of SIT-A while the bot's write is on its way."""

    def trouble(play: Play) -> Fault:
        item = play.cast.lists("SIT-A") if type == "list" else play.cast.rfcs("SIT-A")
        return meanwhile(lambda: play.azure.person(who).edit(item[0].id, {"System.Tags": "looked at"}))

    return trouble


SCENES: Mapping[str, Scene] = {
    "propose": Scene(
        _nothing,
        ("list of DCC for SIT-A", "list of DCC for SIT-B", "list of Electralink for UIT"),
        ("list DCC SIT-A created", "list DCC SIT-B created", "list Electralink UIT created"),
        "create",
        lambda _: a_rule_says_no(),
        ("list DCC SIT-B created", "list Electralink UIT created"),
    ),
    "agree": Scene(
        _agreed,
        ("list 801", "list 802"),
        ("list DCC SIT-A sealed as edition 1", "list DCC SIT-B sealed as edition 1"),
        "batch",
        _edited("dev.patel@si.example", "list"),
        ("list DCC SIT-B sealed as edition 1",),
    ),
    "raise_rfcs": Scene(
        _sealed,
        ("list 801", "list 802"),
        (
            "RFC DCC SIT-A created",
            "RFC DCC SIT-B created",
            "list DCC SIT-A Agreed -> Raised",
            "list DCC SIT-A claimed",
            "list DCC SIT-B Agreed -> Raised",
            "list DCC SIT-B claimed",
        ),
        "update",
        _edited("dev.patel@si.example", "list"),
        ("RFC DCC SIT-B created", "list DCC SIT-B Agreed -> Raised", "list DCC SIT-B claimed"),
    ),
    "sweep": Scene(
        _raised_twice,
        ("RFC 806", "RFC 807", "RFC 804", "RFC 805"),
        (
            "RFC DCC SIT-A Raised -> Closed",
            "RFC DCC SIT-A commented on",
            "RFC DCC SIT-B Raised -> Closed",
            "RFC DCC SIT-B commented on",
        ),
        "batch",
        lambda play: meanwhile(lambda: play.azure.person("rhona.reid@si.example").edit(806, {"System.Tags": "mine"})),
        ("RFC DCC SIT-A commented on", "RFC DCC SIT-B Raised -> Closed", "RFC DCC SIT-B commented on"),
    ),
    "record_evidence": Scene(
        _seen_deployed,
        ("RFC 804", "RFC 805"),
        ("RFC DCC SIT-A Approved -> Deployed", "RFC DCC SIT-B Approved -> Deployed"),
        "batch",
        _edited("dora.okafor@si.example", "RFC"),
        ("RFC DCC SIT-B Approved -> Deployed",),
    ),
    "record_deployments": Scene(
        _deployed,
        ("RFC 804", "RFC 805"),
        ("RFC DCC SIT-A deployment recorded", "RFC DCC SIT-B deployment recorded"),
        "batch",
        _edited("dora.okafor@si.example", "RFC"),
        ("RFC DCC SIT-B deployment recorded",),
    ),
    "hand_to_testers": Scene(
        _deployed,
        tuple(f"defect {id}" for id in (123, 246, 456, 468, 789)),
        tuple(f"{id} Resolved -> Ready for Retest" for id in (123, 246, 456, 468, 789)),
        "batch",
        lambda play: meanwhile(lambda: play.cast.retitle(456, "Service request 4.8.1 is rejected")),
        tuple(f"{id} Resolved -> Ready for Retest" for id in (123, 246, 468, 789)),
    ),
    "put_back": Scene(
        _rolled_back,
        tuple(f"defect {id}" for id in (123, 456, 789)),
        tuple(f"{id} Ready for Retest -> Resolved" for id in (123, 456, 789)),
        "batch",
        lambda play: meanwhile(lambda: play.cast.retitle(456, "Service request 4.8.1 is rejected")),
        tuple(f"{id} Ready for Retest -> Resolved" for id in (123, 789)),
    ),
    "close": Scene(
        _closed,
        ("list 801", "list 802"),
        ("list DCC SIT-A Raised -> Closed", "list DCC SIT-B Raised -> Closed"),
        "batch",
        _edited("dev.patel@si.example", "list"),
        ("list DCC SIT-B Raised -> Closed",),
    ),
    "keep_control_points": Scene(
        _approved,
        ("RFC 804", "RFC 805"),
        ("RFC DCC SIT-A control points", "RFC DCC SIT-B control points"),
        "batch",
        _edited("rhona.reid@si.example", "RFC"),
        ("RFC DCC SIT-B control points",),
    ),
    "answer_comments": Scene(
        _asked,
        ("defect 123", "defect 789"),
        ("123 tagged", "789 tagged", "list DCC SIT-A commented on"),
        "batch",
        lambda play: meanwhile(lambda: play.cast.retitle(123, "Switch request is accepted for the import MPAN only")),
        ("789 tagged",),
    ),
}
