"""Looking for evidence: what pipelines, releases and test runs show is read into the mirror, each source by itself."""

from __future__ import annotations

from adapters.azure_devops.answers import Failure, Throttled
from adapters.azure_devops.evidence.look import LOOK_BACK
from adapters.azure_devops.evidence.sightings import Sighted, sighted
from bot.emptiness import is_suspicious
from jobs.world import World


def look_for_evidence(world: World) -> tuple[str, ...]:
    """Why some could not be read, in words. What such a source showed before still holds, and nothing rests on what it
    does not show. Of a server that asks to slow down no further source is asked."""
    unread = []
    for poll in world.evidence.polls:
        name, now = str(poll), world.boards.server_time()
        before = world.store.mirror.evidence(name).with_rows((), now - LOOK_BACK, "")
        try:
            kept = world.evidence.look(poll, world.store.mirror.evidence(name), now)
        except Failure as failure:
            unread.append(f"evidence not read: {failure}")
            if isinstance(failure, Throttled):
                break
        else:
            stood, gone = len(before.rows), len({row.id for row in before.rows} - {row.id for row in kept.rows})
            if is_suspicious(gone, stood):
                unread.append(f"evidence not believed: suspicious: {name} brought {stood - gone} of {stood} that stood")
            else:
                world.store.mirror.keep_evidence(name, kept)
    return tuple(unread)


def seen_by(world: World) -> Sighted:
    """What the mirror holds of the sources that are configured."""
    kept = {poll: world.store.mirror.evidence(str(poll)) for poll in world.evidence.polls}
    return sighted(world.evidence.sources, kept)
