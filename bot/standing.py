"""Standing: where each resolved defect is, in exactly one bucket, and what happens to it next."""

from __future__ import annotations

from collections.abc import Mapping

from bot.buckets import Buckets
from bot.picture import Picture
from bot.where import Standing


def standings(picture: Picture) -> Mapping[int, Standing]:
    """Every resolved defect, in exactly one bucket, for the environment that found it [M7.4], [M14]."""
    return picture.once(_standings)


def _standings(picture: Picture) -> Mapping[int, Standing]:
    places = Buckets(picture)
    return {d.id: places.standing(d) for d in picture.facts.resolved_defects}
