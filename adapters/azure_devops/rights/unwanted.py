"""The rights that Shunter must not have: whoever gets hold of its token could do this with them."""

from __future__ import annotations

from dataclasses import dataclass

from adapters.azure_devops.rights.right import Namespace, Right


@dataclass(frozen=True, slots=True)
class Unwanted:
    """`could`: what happens with any of them, in words that follow "with it"."""

    could: str
    rights: tuple[Right, ...]


def _unwanted(could: str, namespace: Namespace, rights: dict[str, str]) -> Unwanted:
    return Unwanted(could, tuple(Right(namespace, action, words) for action, words in rights.items()))


UNWANTED = (
    _unwanted(
        "states and dates could be set that the process forbids, under anybody's name",
        Namespace.PROJECT,
        {"BYPASS_RULES": "Bypass rules on work item updates"},
    ),
    _unwanted(
        "work items could be changed without anybody being told",
        Namespace.PROJECT,
        {"SUPPRESS_NOTIFICATIONS": "Suppress notifications for work item updates"},
    ),
    _unwanted(
        "defects, lists and RFCs could vanish",
        Namespace.PROJECT,
        {
            "WORK_ITEM_DELETE": "Delete and restore work items",
            "WORK_ITEM_PERMANENTLY_DELETE": "Permanently delete work items",
            "WORK_ITEM_MOVE": "Move work items out of this project",
        },
    ),
    _unwanted(
        "the project itself could be changed or deleted",
        Namespace.PROJECT,
        {
            "GENERIC_WRITE": "Edit project-level information",
            "DELETE": "Delete team project",
            "RENAME": "Rename team project",
            "CHANGE_PROCESS": "Change process of team project",
        },
    ),
    _unwanted(
        "areas could be moved or deleted, and with them who sees which defects",
        Namespace.AREAS,
        {"CREATE_CHILDREN": "Create child nodes", "GENERIC_WRITE": "Edit this node", "DELETE": "Delete this node"},
    ),
    _unwanted(
        "states, fields and rules could be changed for every project that uses the process",
        Namespace.PROCESSES,
        {
            "Edit": "Edit process",
            "Delete": "Delete process",
            "Create": "Create process",
            "AdministerProcessPermissions": "Administer process permissions",
        },
    ),
    _unwanted(
        "builds could be started, changed or deleted, and with them what is deployed",
        Namespace.BUILDS,
        {
            "QueueBuilds": "Queue builds",
            "EditBuildDefinition": "Edit build pipeline",
            "DeleteBuildDefinition": "Delete build pipeline",
            "DeleteBuilds": "Delete builds",
            "AdministerBuildPermissions": "Administer build permissions",
        },
    ),
    _unwanted(
        "releases could be made, approved by others than is meant, or deployed",
        Namespace.RELEASES,
        {
            "CreateReleases": "Create releases",
            "EditReleaseDefinition": "Edit release pipeline",
            "ManageReleaseApprovers": "Manage release approvers",
            "ManageDeployments": "Manage deployments",
            "DeleteReleases": "Delete releases",
            "AdministerReleasePermissions": "Administer release permissions",
        },
    ),
    _unwanted(
        "pipeline environments could be changed, or opened to others",
        Namespace.ENVIRONMENTS,
        {"Manage": "Manage", "Administer": "Administer Permissions"},
    ),
    _unwanted(
        "code could be changed in every repository of the project",
        Namespace.REPOSITORIES,
        {"GenericContribute": "Contribute", "ManagePermissions": "Manage permissions"},
    ),
    _unwanted(
        "what happens in the project could be sent to any address",
        Namespace.SUBSCRIPTIONS,
        {"EditSubscriptions": "Edit subscriptions"},
    ),
    _unwanted(
        "anybody could be let into the project's groups, this account too",
        Namespace.GROUPS,
        {"ManageMembership": "Manage group membership"},
    ),
    _unwanted(
        "the whole organisation could be changed",
        Namespace.ORGANISATION,
        {"GENERIC_WRITE": "Edit instance-level information", "CREATE_PROJECTS": "Create new projects"},
    ),
)
