"""Doubts: what nobody can tell for certain of the service, each with the answer given here; a test may give another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum


class Html(Enum):
    """What is left of HTML that is saved."""

    USUAL = "the usual elements"
    TEXT = "its text alone"
    ALL = "all of it, as it was sent"


@dataclass(slots=True)
class Doubts:
    """`docs/sandbox.md` says what Shunter does under either answer.

    Statuses are whole numbers of HTTP; `deleted` 204 comes without a body. `other_ends_after`: how late a link is
    seen at the work item that it leads to.
    """

    missing_items_are_null: bool = True
    a_top_lifts_the_limit_of_a_query: bool = True
    the_same_again_is_a_revision: bool = False
    failed_test: int = 412
    parts_fail_with_whole_errors: bool = False
    a_batch_stops_at_a_failure: bool = False
    html: Html = Html.USUAL
    deleted: int = 200
    environments_by_whole_name: bool = False
    existing_page: int = 409
    a_query_of_test_runs_has_details: bool = True
    partly_succeeded_run: str = "unknown"
    other_ends_after: timedelta = timedelta(0)
    several_have_their_links_in_another_order: bool = True
