"""The operations on work items that we use, each one request: plain values in, JSON out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from types import SimpleNamespace

from adapters.azure_devops.gateway import Gateway
from adapters.azure_devops.node import Json, Node

MOST_AT_ONCE = 200
"""What one batch read, batch update or page of updates holds at most."""
DEEPEST = 14
"""So many levels has a tree of areas at most."""
BATCH = "92eefc1f-1e81-473d-88d6-749205248dc3"
VERSION = "7.1"
PATCH = {"Content-Type": "application/json-patch+json"}

Document = Sequence[Json]


class WorkItems:
    """Reads are repeated by the gateway where that may help; writes are sent once."""

    def __init__(self, gateway: Gateway, project: str) -> None:
        self._gateway = gateway
        self._project = project

    def query(self, wiql: str, top: int) -> Node:
        team = SimpleNamespace(project=self._project, project_id=None, team=None, team_id=None)
        return self._gateway.read(
            "POST wiql",
            lambda sdk: sdk.work_items.query_by_wiql({"query": wiql}, team_context=team, time_precision=True, top=top),
        )

    def batch(self, ids: Sequence[int], fields: Sequence[str] | None) -> Node:
        """Of `fields` None: every field, and the links. What is deleted or out of sight is null or absent."""
        asked: dict[str, Json] = {"ids": list(ids), "errorPolicy": "omit"}
        # Azure DevOps refuses one beside the other.
        asked |= {"$expand": "relations"} if fields is None else {"fields": list(fields)}
        return self._gateway.read(
            "POST workitemsbatch",
            lambda sdk: sdk.work_items.get_work_items_batch(asked, project=self._project),
        )

    def item(self, id: int) -> Node:
        """Every field, and the links."""
        return self._gateway.read(
            f"GET work item {id}",
            lambda sdk: sdk.work_items.get_work_item(id, project=self._project, expand="relations"),
        )

    def revisions_feed(
        self,
        types: Sequence[str],
        fields: Sequence[str],
        token: str | None,
        since: datetime | None,
        *,
        latest_only: bool = True,
        with_long_texts: bool = False,
    ) -> Node:
        asked = {
            "types": list(types),
            "fields": list(fields),
            "includeLatestOnly": latest_only,
            "includeDeleted": True,
        }
        return self._gateway.read(
            "POST reporting/workitemrevisions",
            lambda sdk: sdk.work_items.read_reporting_revisions_post(
                asked,
                project=self._project,
                continuation_token=token,
                start_date_time=None if token else since,
                expand="fields" if with_long_texts else None,
            ),
        )

    def links_feed(self, types: Sequence[str], rels: Sequence[str], token: str | None, since: datetime | None) -> Node:
        return self._gateway.read(
            "GET reporting/workitemlinks",
            lambda sdk: sdk.work_items.get_reporting_links_by_link_type(
                project=self._project,
                link_types=list(rels),
                types=list(types),
                continuation_token=token,
                start_date_time=None if token else since,
            ),
        )

    def updates(self, id: int, skip: int, top: int) -> Node:
        return self._gateway.read(
            f"GET updates of work item {id}",
            lambda sdk: sdk.work_items.get_updates(id, project=self._project, top=top, skip=skip),
        )

    def revision(self, id: int, rev: int) -> Node:
        return self._gateway.read(
            f"GET revision {rev} of work item {id}",
            lambda sdk: sdk.work_items.get_revisions(id, project=self._project, top=1, skip=rev - 1),
        )

    def comments(self, id: int, token: str | None) -> Node:
        return self._gateway.read(
            f"GET comments of work item {id}",
            lambda sdk: sdk.work_items.get_comments(
                self._project, id, top=MOST_AT_ONCE, continuation_token=token, expand="renderedText", order="asc"
            ),
        )

    def create(self, type_name: str, document: Document, until: float | None) -> Node:
        return self._gateway.write(
            f"POST {type_name}",
            lambda sdk: sdk.work_items.create_work_item(document, self._project, type_name, expand="relations"),
            until=until,
        )

    def validate(self, type_name: str, document: Document) -> Node:
        """Every rule is asked, and nothing is saved."""
        return self._gateway.write(
            f"POST {type_name}, only to validate",
            lambda sdk: sdk.work_items.create_work_item(document, self._project, type_name, validate_only=True),
        )

    def update(self, id: int, document: Document, until: float | None) -> Node:
        return self._gateway.write(
            f"PATCH work item {id}",
            lambda sdk: sdk.work_items.update_work_item(document, id, project=self._project, expand="relations"),
            until=until,
        )

    def update_all(self, documents: Sequence[tuple[int, Document]], until: float | None) -> Node:
        """Each with the id of its work item. The SDK has no method for this one."""
        content = [
            {
                "method": "PATCH",
                "uri": f"/_apis/wit/workItems/{id:d}?api-version={VERSION}",
                "headers": PATCH,
                "body": document,
            }
            for id, document in documents
        ]
        return self._gateway.write(
            f"PATCH $batch of {len(content)}",
            lambda sdk: sdk.work_items._send("PATCH", location_id=BATCH, version=VERSION, content=content),  # noqa: SLF001
            until=until,
        )

    def connection(self) -> Node:
        return self._gateway.read("GET ConnectionData", lambda sdk: sdk.location.get_connection_data())

    def project(self) -> Node:
        return self._gateway.read(f"GET project {self._project}", lambda sdk: sdk.core.get_project(self._project))

    def areas(self) -> Node:
        """The project's own area, with all below it."""
        return self._gateway.read(
            "GET classificationnodes/areas",
            lambda sdk: sdk.work_items.get_classification_node(self._project, "areas", depth=DEEPEST),
        )

    def types(self) -> Node:
        return self._gateway.read("GET workitemtypes", lambda sdk: sdk.work_items.get_work_item_types(self._project))

    def states(self, type_name: str) -> Node:
        return self._gateway.read(
            f"GET states of {type_name}",
            lambda sdk: sdk.work_items.get_work_item_type_states(self._project, type_name),
        )

    def fields_of(self, type_name: str) -> Node:
        return self._gateway.read(
            f"GET fields of {type_name}",
            lambda sdk: sdk.work_items.get_work_item_type_fields_with_references(self._project, type_name),
        )

    def fields(self) -> Node:
        return self._gateway.read("GET fields", lambda sdk: sdk.work_items.get_work_item_fields(project=self._project))

    def link_types(self) -> Node:
        return self._gateway.read("GET workitemrelationtypes", lambda sdk: sdk.work_items.get_relation_types())
