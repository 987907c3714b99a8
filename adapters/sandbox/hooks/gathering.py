"""From what happened since it was last asked to a notification for everyone who wants to hear of it."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.sandbox.hooks import pipeline_events, work_item_events
from adapters.sandbox.hooks.event import Event
from adapters.sandbox.item_json import ItemJson
from adapters.sandbox.organisation import Organisation


def gather(organisation: Organisation) -> None:
    """Also before anybody subscribes: nobody is told of what was before."""
    seen, done = organisation.outbox.told
    events = [*_of_items(organisation, seen), *_of_pipelines(organisation, done)]
    organisation.outbox.told = (len(organisation.boards.changes), len(organisation.pipelines.happened))
    for event in sorted(events, key=lambda event: event.at):
        organisation.outbox.take(event, organisation.clock.now())


def _of_items(organisation: Organisation, seen: int) -> Iterator[Event]:
    shown = ItemJson(organisation, organisation.address)
    for id, update in organisation.boards.changes[seen:]:
        item = organisation.boards.items[id]
        yield from work_item_events.events(item, item.updates[update - 1], shown)


def _of_pipelines(organisation: Organisation, done: int) -> Iterator[Event]:
    for number, happening in enumerate(organisation.pipelines.happened[done:], start=done):
        yield from pipeline_events.events(happening, number, organisation.address, organisation)
