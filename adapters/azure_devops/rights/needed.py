"""The rights that Shunter needs, for each part of Azure DevOps that a configuration makes it use."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from adapters.azure_devops.rights.right import Namespace, Right


class Use(Enum):
    """A part of Azure DevOps, and what for."""

    READ_WORK_ITEMS = "reading work items"
    WRITE_WORK_ITEMS = "writing work items"
    WRITE_WIKI = "writing the wiki"
    READ_ENVIRONMENTS = "reading pipeline environments"
    READ_BUILDS = "reading builds"
    READ_RELEASES = "reading classic releases"
    READ_TEST_RUNS = "reading test runs"


@dataclass(frozen=True, slots=True)
class Needed:
    """`without`: what does not work then, in words that follow "without it"."""

    use: Use
    right: Right
    without: str


VIEW_ITEMS = Right(Namespace.AREAS, "WORK_ITEM_READ", "View work items in this node")
EDIT_ITEMS = Right(Namespace.AREAS, "WORK_ITEM_WRITE", "Edit work items in this node")

NEEDED = (
    Needed(
        Use.READ_WORK_ITEMS,
        Right(Namespace.PROJECT, "GENERIC_READ", "View project-level information"),
        "the project is out of sight",
    ),
    Needed(Use.READ_WORK_ITEMS, VIEW_ITEMS, "fixes there are on no list, and nobody is told why"),
    Needed(
        Use.WRITE_WORK_ITEMS, EDIT_ITEMS, "nothing there is written: no list, no RFC, no defect handed to its tester"
    ),
    Needed(
        Use.WRITE_WORK_ITEMS,
        Right(Namespace.TAGS, "Create", "Create tag definition"),
        "a hold that is asked for in a comment is not set where its tag is new",
    ),
    Needed(
        Use.WRITE_WIKI,
        Right(Namespace.REPOSITORIES, "GenericRead", "Read"),
        "no page is found",
    ),
    Needed(
        Use.WRITE_WIKI,
        Right(Namespace.REPOSITORIES, "GenericContribute", "Contribute"),
        "no page is written",
    ),
    Needed(
        Use.READ_ENVIRONMENTS,
        Right(Namespace.ENVIRONMENTS, "View", "View"),
        "no deployment of a pipeline counts as evidence (the role Reader has it)",
    ),
    Needed(
        Use.READ_BUILDS,
        Right(Namespace.BUILDS, "ViewBuilds", "View builds"),
        "no build, and no deployment of a pipeline, counts as evidence",
    ),
    Needed(
        Use.READ_RELEASES,
        Right(Namespace.RELEASES, "ViewReleases", "View releases"),
        "no classic release counts as evidence",
    ),
    Needed(
        Use.READ_TEST_RUNS,
        Right(Namespace.PROJECT, "VIEW_TEST_RESULTS", "View test runs"),
        "no test run counts as evidence",
    ),
)
