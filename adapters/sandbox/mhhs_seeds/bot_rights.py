"""What the administrators of the programme took from Shunter's account: it is no ordinary contributor."""

from __future__ import annotations

from adapters.sandbox.azure import Azure
from adapters.sandbox.mhhs_seeds.people import BOT
from adapters.sandbox.permissions import Right


def settle(azure: Azure) -> None:
    azure.permissions.take(BOT, Right.DELETE_ITEMS)
    azure.permissions.take(BOT, Right.EDIT_SUBSCRIPTIONS)
    azure.permissions.only_the_wiki(BOT)
