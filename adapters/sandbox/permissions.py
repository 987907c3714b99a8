"""What people may do: what everybody may by default, but for what was taken from them, and what was given to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from adapters.sandbox.person import Person

SEPARATORS = (":", "/")


class Space(Enum):
    """A security namespace: its documented id and name."""

    AREAS = ("83e28ad4-2d72-4ceb-97b0-c7726d5502c3", "CSS")
    PROJECT = ("52d39943-cb85-4d7f-8fa8-c6baac873819", "Project")
    TAGS = ("bb50f182-8e5e-40b8-bc21-e8752a1e7ae2", "Tagging")
    QUERIES = ("71356614-aad7-4757-8f2c-0fb3bff6f680", "WorkItemQueryFolders")
    REPOSITORIES = ("2e9eb7ed-3c0a-47d4-87c1-0ffdd275fd87", "Git Repositories")
    ENVIRONMENTS = ("83d4c2e6-e57d-4d6e-892b-b87222b7ad20", "Environment")
    BUILDS = ("33344d9c-fc72-4d6f-aba5-fa317101a7e9", "Build")
    RELEASES = ("c788c23e-1b46-4162-8f5e-d7585343b5de", "ReleaseManagement")
    SUBSCRIPTIONS = ("cb594ebe-87dd-4fc9-ac2c-6a10a4c92046", "ServiceHooks")
    PROCESSES = ("2dab47f9-bd70-49ed-9bd5-8eb051e59c02", "Process")
    GROUPS = ("5a27515b-ccd7-42c9-84f1-54c998f03866", "Identity")
    ORGANISATION = ("3e65f728-f8bc-4ecd-8764-7e378b19bfa7", "Collection")

    @property
    def id(self) -> str:
        return self.value[0]

    @property
    def title(self) -> str:
        return self.value[1]


class Right(Enum):
    """Namespace, bit, documented name and the words of the pages; bits and words as published from real answers."""

    VIEW_ITEMS = (Space.AREAS, 16, "WORK_ITEM_READ", "View work items in this node")
    EDIT_ITEMS = (Space.AREAS, 32, "WORK_ITEM_WRITE", "Edit work items in this node")
    EDIT_AREA = (Space.AREAS, 2, "GENERIC_WRITE", "Edit this node")
    CREATE_AREA = (Space.AREAS, 4, "CREATE_CHILDREN", "Create child nodes")
    DELETE_AREA = (Space.AREAS, 8, "DELETE", "Delete this node")
    VIEW_PROJECT = (Space.PROJECT, 1, "GENERIC_READ", "View project-level information")
    EDIT_PROJECT = (Space.PROJECT, 2, "GENERIC_WRITE", "Edit project-level information")
    DELETE_PROJECT = (Space.PROJECT, 4, "DELETE", "Delete team project")
    VIEW_TEST_RUNS = (Space.PROJECT, 512, "VIEW_TEST_RESULTS", "View test runs")
    DELETE_ITEMS = (Space.PROJECT, 8192, "WORK_ITEM_DELETE", "Delete and restore work items")
    MOVE_ITEMS = (Space.PROJECT, 16384, "WORK_ITEM_MOVE", "Move work items out of this project")
    DESTROY_ITEMS = (Space.PROJECT, 32768, "WORK_ITEM_PERMANENTLY_DELETE", "Permanently delete work items")
    RENAME_PROJECT = (Space.PROJECT, 65536, "RENAME", "Rename team project")
    BYPASS_RULES = (Space.PROJECT, 1048576, "BYPASS_RULES", "Bypass rules on work item updates")
    KEEP_SILENT = (Space.PROJECT, 2097152, "SUPPRESS_NOTIFICATIONS", "Suppress notifications for work item updates")
    CHANGE_PROCESS = (Space.PROJECT, 8388608, "CHANGE_PROCESS", "Change process of team project.")
    CREATE_TAG = (Space.TAGS, 2, "Create", "Create tag definition")
    CONTRIBUTE_QUERIES = (Space.QUERIES, 2, "Contribute", "Contribute")
    READ_CODE = (Space.REPOSITORIES, 2, "GenericRead", "Read")
    CONTRIBUTE_WIKI = (Space.REPOSITORIES, 4, "GenericContribute", "Contribute")
    MANAGE_REPOSITORIES = (Space.REPOSITORIES, 8192, "ManagePermissions", "Manage permissions")
    VIEW_ENVIRONMENT = (Space.ENVIRONMENTS, 1, "View", "View")
    MANAGE_ENVIRONMENT = (Space.ENVIRONMENTS, 2, "Manage", "Manage")
    ADMINISTER_ENVIRONMENT = (Space.ENVIRONMENTS, 8, "Administer", "Administer Permissions")
    VIEW_BUILDS = (Space.BUILDS, 1, "ViewBuilds", "View builds")
    DELETE_BUILDS = (Space.BUILDS, 8, "DeleteBuilds", "Delete builds")
    QUEUE_BUILDS = (Space.BUILDS, 128, "QueueBuilds", "Queue builds")
    EDIT_PIPELINES = (Space.BUILDS, 2048, "EditBuildDefinition", "Edit build pipeline")
    DELETE_PIPELINES = (Space.BUILDS, 4096, "DeleteBuildDefinition", "Delete build pipeline")
    ADMINISTER_BUILDS = (Space.BUILDS, 16384, "AdministerBuildPermissions", "Administer build permissions")
    EDIT_RELEASE_PIPELINES = (Space.RELEASES, 2, "EditReleaseDefinition", "Edit release pipeline")
    MANAGE_APPROVERS = (Space.RELEASES, 8, "ManageReleaseApprovers", "Manage release approvers")
    VIEW_RELEASES = (Space.RELEASES, 32, "ViewReleases", "View releases")
    CREATE_RELEASES = (Space.RELEASES, 64, "CreateReleases", "Create releases")
    ADMINISTER_RELEASES = (Space.RELEASES, 512, "AdministerReleasePermissions", "Administer release permissions")
    DELETE_RELEASES = (Space.RELEASES, 1024, "DeleteReleases", "Delete releases")
    MANAGE_DEPLOYMENTS = (Space.RELEASES, 2048, "ManageDeployments", "Manage deployments")
    VIEW_SUBSCRIPTIONS = (Space.SUBSCRIPTIONS, 1, "ViewSubscriptions", "View Subscriptions")
    EDIT_SUBSCRIPTIONS = (Space.SUBSCRIPTIONS, 2, "EditSubscriptions", "Edit Subscription")
    EDIT_PROCESS = (Space.PROCESSES, 1, "Edit", "Edit process")
    DELETE_PROCESS = (Space.PROCESSES, 2, "Delete", "Delete process")
    CREATE_PROCESS = (Space.PROCESSES, 4, "Create", "Create process")
    ADMINISTER_PROCESSES = (Space.PROCESSES, 8, "AdministerProcessPermissions", "Administer process permissions")
    MANAGE_GROUPS = (Space.GROUPS, 8, "ManageMembership", "Manage group membership")
    EDIT_ORGANISATION = (Space.ORGANISATION, 2, "GENERIC_WRITE", "Edit collection-level information")
    CREATE_PROJECTS = (Space.ORGANISATION, 4, "CREATE_PROJECTS", "Create new projects")

    @property
    def space(self) -> Space:
        return self.value[0]

    @property
    def namespace(self) -> str:
        return self.space.id

    @property
    def bit(self) -> int:
        return self.value[1]

    @property
    def action(self) -> str:
        return self.value[2]

    @property
    def words(self) -> str:
        return self.value[3]

    @property
    def is_everybodys(self) -> bool:
        """Whatever can be done here, anybody may do, until it is taken; the rest nobody may, until it is given."""
        return self in EVERYBODYS


EVERYBODYS = frozenset(
    {
        *(Right.VIEW_ITEMS, Right.EDIT_ITEMS, Right.VIEW_PROJECT, Right.VIEW_TEST_RUNS, Right.DELETE_ITEMS),
        *(Right.CREATE_TAG, Right.CONTRIBUTE_QUERIES, Right.READ_CODE, Right.CONTRIBUTE_WIKI),
        *(Right.VIEW_ENVIRONMENT, Right.VIEW_BUILDS, Right.VIEW_RELEASES),
        *(Right.VIEW_SUBSCRIPTIONS, Right.EDIT_SUBSCRIPTIONS),
    }
)


@dataclass
class Permissions:
    """What was settled for a person and a right, by the token of the place; "" is everywhere."""

    settled: dict[tuple[str, Right], dict[str, bool]] = field(default_factory=dict)

    def settle(self, person: Person, right: Right, token: str, *, allowed: bool) -> None:
        """Everywhere is also wherever something else was settled before."""
        settled = self.settled.setdefault((person.id, right), {})
        if not token:
            settled.clear()
        settled[token.casefold()] = allowed

    def leave_open(self, person: Person, right: Right, token: str) -> None:
        self.settled.get((person.id, right), {}).pop(token.casefold(), None)

    def may(self, person: Person, right: Right, token: str = "") -> bool:
        """What was settled nearest above the place holds there, as the namespaces inherit."""
        settled = self.settled.get((person.id, right))
        if not settled:
            return right.is_everybodys
        above = [at for at in settled if _is_at_or_below(token.casefold(), at)]
        return settled[max(above, key=len)] if above else right.is_everybodys

    def is_restricted(self, person: Person, right: Right) -> bool:
        return bool(self.settled.get((person.id, right)))

    def holds(self, person: Person, space: Space, bits: int, token: str) -> bool:
        """All of these bits; nobody holds one that the namespace does not have."""
        asked = [right for right in Right if right.space is space and right.bit & bits]
        known = sum(right.bit for right in asked)
        return known == bits and all(self.may(person, right, token) for right in asked)


def _is_at_or_below(token: str, at: str) -> bool:
    return not at or token == at or token.startswith(tuple(at + separator for separator in SEPARATORS))
