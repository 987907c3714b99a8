"""The sentences with which the service refuses, each with its status and error code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from adapters.sandbox.problem import SERVICES, Problem

CORE = "Microsoft.TeamFoundation.Core.WebApi"
BUILD = "Microsoft.TeamFoundation.Build.WebApi"
TESTS = "Microsoft.TeamFoundation.TestManagement.WebApi"
TASKS = "Microsoft.TeamFoundation.DistributedTask.WebApi"
HOOKS = "Microsoft.VisualStudio.Services.ServiceHooks.WebApi"
SECURITY = "Microsoft.VisualStudio.Services.Security"
WIKI = "Microsoft.TeamFoundation.Wiki.Server"


def not_known_here(what: str) -> Problem:
    """For what the service may well allow, and this stand-in has not learnt."""
    return Problem(400, "SandboxDoesNotKnowException", f"the sandbox does not know {what}")


def no_such_project(name: str) -> Problem:
    return Problem(
        404,
        "ProjectDoesNotExistWithNameException",
        f"TF200016: The following project does not exist: {name}. Verify that the name of the project is"
        " correct and that the project exists on the specified Azure DevOps Server.",
        namespace=CORE,
    )


def no_such_item(id: int) -> Problem:
    return Problem(
        404,
        "WorkItemUnauthorizedAccessException",
        f"TF401232: Work item {id} does not exist, or you do not have permissions to read it.",
    )


def no_such_type(name: str, project: str) -> Problem:
    return Problem(
        404,
        "WorkItemTypeNotFoundException",
        f"VS402323: Work item type {name} does not exist in project {project} or you do not have"
        " permission to access it.",
    )


def no_such_node(path: str) -> Problem:
    message = f"VS402371: Classification node name {path} is not recognized."
    return Problem(404, "ClassificationNodeNameNotRecognizedException", message)


def no_such_query(name: str) -> Problem:
    message = f"TF401243: The query {name} does not exist, or you do not have permission to read it."
    return Problem(404, "QueryItemNotFoundException", message)


def no_such_build(id: int) -> Problem:
    return Problem(404, "BuildNotFoundException", f"The requested build {id} could not be found.", namespace=BUILD)


def no_such_environment(id: int) -> Problem:
    message = f"Environment with id {id} does not exist or you do not have permission to read it."
    return Problem(404, "EnvironmentNotFoundException", message, namespace=TASKS)


def no_such_run_of_tests(id: int) -> Problem:
    return Problem(404, "TestObjectNotFoundException", f"Test run {id} cannot be found.", namespace=TESTS)


def bad_range_of_runs() -> Problem:
    message = "minLastUpdatedDate and maxLastUpdatedDate are both needed, in this order, and at most 7 days apart."
    return Problem(400, "InvalidPropertyException", message, namespace=TESTS)


def no_such_subscription(id: str) -> Problem:
    message = f"Subscription {id} could not be found."
    return Problem(404, "SubscriptionNotFoundException", message, namespace=HOOKS)


def no_such_wiki(name: str) -> Problem:
    return Problem(404, "WikiNotFoundException", f"Wiki not found with name or id {name}.", namespace=WIKI)


def no_such_page(path: str) -> Problem:
    message = f"Wiki page ‘{path}’ could not be found. Ensure that the path of the page is correct and the page exists."
    return Problem(404, "WikiPageNotFoundException", message, namespace=WIKI)


def no_such_field(name: str) -> Problem:
    return Problem(400, "WorkItemTrackingFieldDefinitionNotFoundException", f"TF51535: Cannot find field {name}.")


def unknown_identity(value: object, field: str) -> Problem:
    return Problem(
        400,
        "WorkItemFieldInvalidException",
        f"The identity value '{value}' for field '{field}' is an unknown identity.",
        error_code=600171,
    )


def revision_differs(status: int) -> Problem:
    return Problem(status, "TestPatchOperationFailedException", "VS403351: Test Operation for path /rev failed.")


def no_such_namespace(id: str) -> Problem:
    """The name of the exception is the service's; its status and words are assumed."""
    message = f"The security namespace {id} does not exist."
    return Problem(404, "InvalidSecurityNamespaceException", message, namespace=SECURITY)


def bad_patch(why: str) -> Problem:
    return Problem(
        400,
        "VssPropertyValidationException",
        f"You must pass a valid patch document in the body of the request. {why}",
        namespace=SERVICES,
    )


def bad_relation(why: str) -> Problem:
    return Problem(400, "WorkItemLinkInvalidException", why)


def too_many_ids(count: int, limit: int) -> Problem:
    return Problem(
        400,
        "WorkItemTrackingTooManyItemsException",
        f"VS403474: You requested {count} work items which exceeds the limit of {limit}.",
    )


def too_many_revisions(id: int, count: int, limit: int) -> Problem:
    return Problem(
        500,
        "WorkItemRevisionsLimitException",
        f"Work item {id} has {count} revisions, but currently, when updating via the API, only work items"
        f" with up to {limit:,} revisions are supported.",
    )


def may_not_bypass() -> Problem:
    return Problem(
        400,
        "WorkItemUnauthorizedBypassRulesException",
        "TF401322: You do not have the permission to bypass rules on work item updates.",
    )


def may_not_write(scope: str) -> Problem:
    return _may_not(f"the token lacks the scope {scope}.")


def lacks_permission(name: str, right: str) -> Problem:
    return _may_not(f"{name}. The following permission is needed: {right}.")


def _may_not(why: str) -> Problem:
    return Problem(
        403,
        "AccessCheckException",
        f"TF50309: The following account does not have sufficient permissions to complete the operation: {why}",
    )


@dataclass(frozen=True, slots=True)
class BrokenRule:
    """`flags` as the service writes them, such as `required, invalidEmpty`."""

    reference: str
    flags: str
    message: str
    code: int


def rules_broken(broken: Sequence[BrokenRule]) -> Problem:
    """All fields that fail at once, in one answer; the headline is the first."""
    errors = [
        {
            "fieldReferenceName": rule.reference,
            "fieldStatusFlags": rule.flags,
            "errorMessage": rule.message,
            "fieldStatusCode": rule.code,
            "ruleValidationErrors": None,
        }
        for rule in broken
    ]
    custom = {
        "FieldReferenceName": None,
        "FieldStatusFlags": "none",
        "ErrorMessage": broken[0].message,
        "FieldStatusCode": 0,
        "RuleValidationErrors": errors,
    }
    return Problem(400, "RuleValidationException", broken[0].message, custom=custom)
