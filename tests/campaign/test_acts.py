"""Acts: what people do beside the way of a release is drawn too, and does something."""

from __future__ import annotations

import random

from tests.campaign.acts import BESIDES, People
from tests.campaign.checker import fields as f
from tests.jobs.small_world import small_world


def test_a_defect_is_reported_now_and_then_and_somebody_does_each_of_the_other_deeds() -> None:
    azure = small_world()
    people, before = People(azure, random.Random(1)), len(azure.items(f.DEFECT))

    done = [people.act() for _ in range(600)]

    assert len(azure.items(f.DEFECT)) > before
    assert [deed for deed in BESIDES if not any(f"somebody: {deed} (" in words for words in done)] == []
