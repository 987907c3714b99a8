"""Runs of tests, which pipelines and test tools publish."""

from __future__ import annotations

from adapters.sandbox.api import runs_of_tests
from adapters.sandbox.permissions import Right
from adapters.sandbox.route import IN_PROJECT, Route

RUNS = "test/runs"
WHICH = " ".join((*runs_of_tests.OF_A_LIST, *runs_of_tests.OF_A_QUERY, "$top", "continuationToken"))
MAY = Right.VIEW_TEST_RUNS

ROUTES = (
    Route("test runs", "GET", RUNS, runs_of_tests.listed, 3, IN_PROJECT, WHICH, needs=MAY),
    Route("test run", "GET", RUNS + "/{run_id}", runs_of_tests.one, 3, IN_PROJECT, "includeDetails", needs=MAY),
)
