"""Creating a candidate list: what stands on it when it comes into being."""

from __future__ import annotations

from bot.candidate_list import Entry
from bot.change import Change, Edit, Field, Link, LinkKind
from bot.defect import Kind
from bot.picture import Picture
from bot.plan import Action, ActionKind
from bot.proposal import Proposal
from bot.proposed_page import proposed_page
from bot.roadmap import name_on_list
from bot.written import digest_of

RULE = "propose"


def create_list(proposal: Proposal, picture: Picture) -> Action:
    page = proposed_page(proposal, picture, None)
    environment = picture.facts.programme.environments[proposal.environment]
    earlier = (c.sequence for c in picture.lists_of(proposal.environment, proposal.party))
    edits = (
        Edit(Field.TITLE, None, page.title),
        Edit(Field.ENVIRONMENT, None, proposal.environment),
        Edit(Field.PARTY, None, proposal.party),
        Edit(Field.SEQUENCE, None, max(earlier, default=0) + 1),
        Edit(Field.NUMBER, None, proposal.number),
        Edit(Field.TYPE, None, proposal.window.type),
        Edit(Field.WINDOW_START, None, proposal.window.start),
        Edit(Field.WINDOW_END, None, proposal.window.end),
        Edit(Field.BODY, None, page),
        *name_on_list("", environment, proposal.window),
    )
    links = tuple(link_to(entry) for entry in sorted(proposal.entries))
    reason = f"{proposal.number} brings {_counted(proposal.entries)} to {proposal.environment}"
    subject = f"list of {proposal.party} for {proposal.environment}"
    if not proposal.number.is_regular:
        subject = f"{subject}, emergency {proposal.number}"
    elif proposal.window.type is not environment.regular_type:
        subject = f"{subject}, {proposal.window.type.value}"
    change = Change(Kind.LIST, None, None, edits, links)
    number = str(proposal.number)
    return Action(ActionKind.CREATE_LIST, RULE, reason, subject, change, digest_of(page), number)


def link_to(entry: Entry) -> Link:
    return Link(LinkKind.ENTRY, entry.fix.defect, str(entry))


def _counted(entries: frozenset[Entry]) -> str:
    if not entries:
        return "nothing new"
    return "1 fix" if len(entries) == 1 else f"{len(entries)} fixes"
