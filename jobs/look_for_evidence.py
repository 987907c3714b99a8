"""Looking for evidence: what pipelines, releases and test runs show is read into the mirror, each source by itself."""

from __future__ import annotations

from adapters.azure_devops.answers import Failure, Throttled
from adapters.azure_devops.evidence.sightings import Sighted, sighted
from jobs.world import World


def look_for_evidence(world: World) -> tuple[str, ...]:
    """Why some could not be read, in words. What such a source showed before still holds, and nothing rests on what it
    does not show. Of a server that asks to slow down no further source is asked."""
    unread = []
    for poll in world.evidence.polls:
        name = str(poll)
        try:
            kept = world.evidence.look(poll, world.store.mirror.evidence(name), world.boards.server_time())
        except Failure as failure:
            unread.append(f"evidence not read: {failure}")
            if isinstance(failure, Throttled):
                break
        else:
            world.store.mirror.keep_evidence(name, kept)
    return tuple(unread)


def seen_by(world: World) -> Sighted:
    """What the mirror holds of the sources that are configured."""
    kept = {poll: world.store.mirror.evidence(str(poll)) for poll in world.evidence.polls}
    return sighted(world.evidence.sources, kept)
