"""What holds for every test: no setting of the machine leaks in, requests are lawful, texts golden, none skipped."""

import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import event
from sqlalchemy.pool import Pool

from adapters.sandbox.azure import Azure
from tests.canaries import CANARIES
from tests.golden_text import Golden
from tests.postgres import PostgresDatabase, the_server
from tests.swagger.place import official
from tests.swagger.specification import Specification
from tests.swagger.watch import Watch

# Before anything imports the SDK of Azure DevOps: importing it makes its cache folder, by default in HOME.
SDK_CACHE = tempfile.mkdtemp(prefix="shunter-tests-")
os.environ["AZURE_DEVOPS_CACHE_DIR"] = SDK_CACHE

# What tests write is thrown away with them, and need not wait for a disk.
MEMORY = Path("/dev/shm")
if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > 2**30:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))

# For an hour, not for each commit: `pytest tests/bot --hypothesis-profile=campaign`.
settings.register_profile("campaign", max_examples=10_000)

# requests obeys each of these; a test must not go through a proxy, nor sign in with somebody's netrc.
for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
    os.environ.pop(name, None)
    os.environ.pop(name.upper(), None)
os.environ["NETRC"] = os.devnull


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-golden", action="store_true", help="write the golden files anew, for review")


def pytest_unconfigure() -> None:
    shutil.rmtree(SDK_CACHE, ignore_errors=True)


WATCH = pytest.StashKey[Watch]()


def pytest_configure(config: pytest.Config) -> None:
    """Where the official Swagger is at hand, every request to a sandbox is held against it. In none is a secret."""
    Azure.watchers.append(CANARIES.look_at_request)
    event.listen(Pool, "close", CANARIES.look_into_memory)
    folder = official()
    if folder is not None:
        watch = config.stash[WATCH] = Watch(Specification(folder))
        Azure.watchers.append(watch)


@pytest.fixture(autouse=True)
def every_request_is_as_the_swagger_has_it(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    watch = request.config.stash.get(WATCH, None)
    complaints = watch.taken() if watch else []
    assert complaints == []


@pytest.fixture(autouse=True)
def no_secret_is_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    folder = getattr(request.node, "funcargs", {}).get("tmp_path")
    if folder is not None:
        CANARIES.look_into(folder)
    assert CANARIES.taken() == []


@pytest.fixture(autouse=True, scope="session")
def nor_where_all_tests_keep_something(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    yield
    CANARIES.look_into(Path(SDK_CACHE))
    assert CANARIES.taken() == []


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    return Golden(rewrite=bool(request.config.getoption("--rewrite-golden")))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    refuse_a_skip_in_ci(report)
    refuse_a_secret(report)
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    refuse_a_skip_in_ci(report)
    return report


def refuse_a_skip_in_ci(report: pytest.TestReport | pytest.CollectReport) -> None:
    """A test that CI cannot run proves nothing there, however green it looks."""
    if "CI" in os.environ and report.outcome == "skipped" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI does not accept: {report.longreprtext}"


def refuse_a_secret(report: pytest.TestReport) -> None:
    """In what was printed, logged at any level, or told of a failure."""
    for name, text in [*report.sections, ("the failure", report.longreprtext)]:
        CANARIES.look(f"{name} of {report.nodeid}", text)
    if leaks := CANARIES.taken():
        report.outcome = "failed"
        report.longrepr = "\n".join(leaks)
        report.sections.clear()


@pytest.fixture
def postgres() -> Iterator[PostgresDatabase]:
    """A database of its own on a real PostgreSQL, empty."""
    with the_server().database() as database:
        yield database
