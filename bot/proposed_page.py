"""The page of a list that is proposed: its entries, and what its reader has to be told of them."""

from __future__ import annotations

from bot.blocks import held_but_contained
from bot.candidate_list import CandidateList
from bot.compose_list import compose_list
from bot.list_check import number_problem
from bot.list_page import ListPage
from bot.number_notices import number_notices
from bot.passing import preferences
from bot.picture import Picture
from bot.proposal import Proposal


def proposed_page(proposal: Proposal, picture: Picture, standing: CandidateList | None) -> ListPage:
    held = picture.held_in(proposal.environment, (e.fix.defect for e in proposal.entries))
    notices = tuple(
        f"{id} is held for {proposal.environment}: while it is, no RFC is raised for a release that contains it"
        for id in held
    )
    preferred = preferences(proposal.environment, proposal.party, proposal.number, picture, proposal.entries)
    told = number_notices(proposal.environment, proposal.party, proposal.number, proposal.entries, picture)
    notices = (*notices, *held_but_contained(proposal.party, proposal.number, picture), *told, *preferred)
    if standing is not None and (problem := number_problem(standing, picture)):
        notices = (*notices, f"{problem}: correct or clear it")
    return compose_list(
        proposal.environment,
        proposal.party,
        proposal.number,
        proposal.window,
        proposal.entries,
        picture,
        notices,
        standing,
    )
