"""Observing: the mirror is brought up to date, and the facts are taken from it, all of them or none."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

from adapters.azure_devops.answers import Declined, Unreadable
from adapters.azure_devops.decode import items
from adapters.azure_devops.people import sign_in_of
from adapters.azure_devops.rows import ItemRow
from bot.change import Field, LinkKind
from bot.closer_look import histories_needed
from bot.comment_commands import is_settled, lists_discussed
from bot.defect import Kind
from bot.discussion import Discussion
from bot.facts import Facts
from bot.history import Step
from bot.matrix import arrivals_unproved
from bot.picture import Picture
from bot.place import at_places
from bot.put_back import may_be_put_back, to_be_looked_at
from jobs.catch_up import bring_up_to_date, read_everything
from jobs.insist_on_links import insist_on_links
from jobs.look_for_evidence import look_for_evidence, seen_by
from jobs.suspicion import suspicion_of
from jobs.world import World

COMMENTS = "comments of"


def observe(world: World) -> Facts:
    """Whatever cannot be read ends the observation with a `Failure`: empty and failed are not the same."""
    bring_up_to_date(world)
    read_stale_links(world)
    unseen = look_for_evidence(world)
    facts = with_discussions(world, as_far_as_told(world))
    return replace(facts, unread=(*unseen, *facts.unread))


def read_stale_links(world: World) -> None:
    """Entries are links: lists and RFCs are read with theirs, once and whenever one of them has changed."""
    stale = _without_links(world)
    if not stale:
        return
    read_closely(world, stale)
    if not (missed := _without_links(world)):
        return
    if suspicion_of(world) is None:
        read_everything(world, missed)  # what did not come may be gone for good, which no feed tells
        read_closely(world, _without_links(world))
    if missing := sorted(_without_links(world)):
        why = suspicion_of(world) or "nothing rests on that"
        raise Unreadable(
            "POST workitemsbatch", f"the links of {len(missing)} lists and RFCs did not come: {missing[:10]}; {why}"
        )


def _without_links(world: World) -> frozenset[int]:
    spelling = world.spelling
    linked = (*spelling.types[Kind.LIST], *spelling.types[Kind.RFC])
    return world.store.mirror.unlinked(linked) - {spelling.canary}


def read_closely(world: World, ids: Iterable[int]) -> frozenset[int]:
    """By id, with links and long texts; and the RFCs that the links lead to and that no feed has brought yet.

    Gives the ids of what came: what is deleted, or out of sight, does not.
    """
    came: set[int] = set()
    wanted = sorted(set(ids))
    while wanted:
        rows = world.boards.closely(wanted)
        insist_on_links(rows, world)
        world.store.mirror.absorb(rows)
        came |= {row.id for row in rows}
        wanted = sorted(_unknown_rfcs(rows, world))
    return frozenset(came)


def find_out_what_is_gone(world: World, ids: Collection[int]) -> bool:
    """What a read by id does not bring either may be gone for good, which no feed tells: then everything is read.
    Whether it was."""
    missed = frozenset(ids) - read_closely(world, ids)
    if not missed or suspicion_of(world) is not None:
        return False
    read_everything(world, missed)
    return True


def _unknown_rfcs(rows: Iterable[ItemRow], world: World) -> set[int]:
    child = world.spelling.links[LinkKind.RFC]
    linked = {r.target for row in rows for r in row.relations or () if r.rel == child and r.target is not None}
    return {id for id in linked if world.store.mirror.item(id) is None}


def facts_of(world: World) -> Facts:
    """What the mirror holds, as values; the time is that of the latest answer."""
    mirror, spelling = world.store.mirror, world.spelling
    decoded = items(mirror.items(spelling.all_types), mirror.links(), spelling)
    seen = seen_by(world)
    return at_places(
        Facts(
            now=world.boards.server_time(),
            bot=world.boards.signed_in_as(),
            programme=world.programme,
            defects=decoded.defects,
            lists=decoded.lists,
            rfcs=decoded.rfcs,
            sightings=seen.sightings,
            unnamed=seen.unnamed,
        )
    )


def with_histories(world: World, also: Collection[int] = ()) -> Facts:
    """The facts, and the history of each list and RFC for which it matters who set its state; and of whatever is
    asked for, defects too. Raises `Unreadable` where one is not told."""
    return _insisted(as_far_as_told(world, also))


def as_far_as_told(world: World, also: Collection[int] = ()) -> Facts:
    """The same; one history that is not told keeps nobody from the others. What was destroyed for good tells none."""
    facts = _as_far_as_told(world, also)
    if facts.untold and find_out_what_is_gone(world, facts.untold):
        return _as_far_as_told(world, also)
    return facts


def _as_far_as_told(world: World, also: Collection[int]) -> Facts:
    facts = facts_of(world)
    if unknown := to_be_looked_at(facts):
        read_closely(world, unknown)
        facts = facts_of(world)
    facts = _told(world, facts, histories_needed(facts) | frozenset(also))
    return _with_former_assignees(facts, world)


def as_of_now(world: World, facts: Facts) -> Facts:
    """These facts, with what was read or written since; comments and what could not be read stand as they were."""
    return replace(as_far_as_told(world), discussions=facts.discussions, unread=facts.unread)


def _insisted(facts: Facts) -> Facts:
    for id, why in sorted(facts.untold.items()):
        raise Unreadable(f"GET updates of work item {id}", why)
    return facts


def _told(world: World, facts: Facts, ids: Collection[int]) -> Facts:
    """With the histories of those of `ids` that the facts know; each is read once for each revision."""
    kinds = {d.id: d.kind for d in facts.defects.values()}
    kinds |= dict.fromkeys(facts.lists, Kind.LIST) | dict.fromkeys(facts.rfcs, Kind.RFC)
    revs = {d.id: d.rev for d in facts.defects.values()}
    revs |= {c.id: c.rev for c in facts.lists.values()} | {r.id: r.rev for r in facts.rfcs.values()}
    mirror = world.store.mirror
    histories, untold = dict(facts.histories), dict(facts.untold)
    for id in sorted(kinds.keys() & ids):
        kept = mirror.history(id)
        if kept is None or kept[0] != revs[id]:
            try:
                mirror.keep_history(id, revs[id], _history(id, kinds[id], revs[id], world))
            except (Declined, Unreadable) as failure:
                untold[id] = str(failure)
                continue
            kept = mirror.history(id)
        if kept is not None:
            histories[id] = kept[1]
    return replace(facts, histories=histories, untold=untold)


def proved(world: World, at: datetime | None = None, also: Collection[int] = ()) -> Picture:
    """With the histories behind what runs, one for each environment and party at most, and of what else is asked."""
    return proved_by(world, with_histories(world, also), at)


def proved_by(world: World, facts: Facts, at: datetime | None = None) -> Picture:
    """These facts, with the same histories."""
    picture = Picture(facts)
    while unproved := arrivals_unproved(picture, at):
        picture = Picture(_insisted(_told(world, picture.facts, unproved)))
    return picture


def _with_former_assignees(facts: Facts, world: World) -> Facts:
    """And who had each defect that may have to be put back, before it was handed over."""
    name = world.spelling.field(Kind.DEFECT, Field.ASSIGNED_TO) or ""
    former, untold = {}, dict(facts.untold)
    for defect in may_be_put_back(facts):
        try:
            row = world.boards.revision(defect.id, defect.rev - 1)
        except (Declined, Unreadable) as failure:
            untold[defect.id] = str(failure)
            continue
        if row is not None:
            former[defect.id] = sign_in_of(str(row.fields.get(name, "")))
    return replace(facts, former_assignees=former, untold=untold)


def with_discussions(world: World, facts: Facts) -> Facts:
    """And the discussions in which a command waits for an answer: each is read when its comments are not as many as
    when last nothing waited there. One that the server will not show keeps nobody from anything else."""
    mirror, waiting, unread = world.store.mirror, {}, []
    for id in sorted(lists_discussed(facts)):
        count = facts.lists[id].comments
        if mirror.token(f"{COMMENTS} {id}") == str(count):
            continue
        try:
            discussion = Discussion(count, world.boards.comments(id))
        except Declined as declined:
            unread.append(str(declined))
            continue
        if is_settled(discussion, facts.bot):
            mirror.absorb(token=(f"{COMMENTS} {id}", str(count)))
        else:
            waiting[id] = discussion
    return replace(facts, discussions=waiting, unread=tuple(unread))


def _history(id: int, kind: Kind, rev: int, world: World) -> tuple[Step, ...]:
    steps = world.boards.history(id, kind)
    if not steps or steps[-1].rev < rev:
        raise Unreadable(f"GET updates of work item {id}", f"they do not reach its revision {rev}")
    return steps
