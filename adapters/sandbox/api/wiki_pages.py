"""Pages of a wiki: read, written and deleted by path, guarded by their ETag."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import quote

from adapters.sandbox.answer import Answer, of_json
from adapters.sandbox.api.wikis import BRANCH
from adapters.sandbox.call import Call
from adapters.sandbox.organisation import Organisation
from adapters.sandbox.problem import Problem
from adapters.sandbox.refusals import WIKI, not_known_here
from adapters.sandbox.wiki.wikis import Page, Wiki

RECURSION = ("none", "onelevel", "onelevelplusnestedemptyfolders", "full")


def get(call: Call, organisation: Organisation) -> Answer:
    """Without a path, the root, which has no content of its own. As plain text, the content alone."""
    wiki = _wiki(call, organisation)
    path = _path(call)
    page = Page(0, "/", "") if path == "/" else wiki.page(path)
    return _answer(page, wiki, call, organisation, with_content=call.flag("includeContent"))


def get_by_id(call: Call, organisation: Organisation) -> Answer:
    wiki = _wiki(call, organisation)
    page = next((page for page in wiki.pages.values() if page.id == call.id("page_id")), None)
    if page is None:
        raise Problem(404, "WikiPageNotFoundException", f"Wiki page {call.id('page_id')} not found.", namespace=WIKI)
    return _answer(page, wiki, call, organisation, with_content=call.flag("includeContent"))


def put(call: Call, organisation: Organisation) -> Answer:
    content = call.json_object("content").get("content")
    if not isinstance(content, str):
        raise not_known_here("a page without content")
    version = call.headers.get("if-match", "").strip('"') or None
    wiki = _wiki(call, organisation)
    page, is_new = wiki.write(_path(call), content, version, existing=organisation.doubts.existing_page)
    answer = _answer(page, wiki, call, organisation, with_content=True)
    return replace(answer, status=201 if is_new else 200)


def delete(call: Call, organisation: Organisation) -> Answer:
    wiki = _wiki(call, organisation)
    page = wiki.page(_path(call))
    shown = _page(page, wiki, call, organisation, depth="none", with_content=True)
    wiki.delete(page.path)
    del shown["id"]
    return replace(of_json(shown), headers={"ETag": '""'})


def _wiki(call: Call, organisation: Organisation) -> Wiki:
    kind = call.choice("versionDescriptor.versionType", "branch")
    version = call.text("versionDescriptor.version") or BRANCH
    if (kind, version) != ("branch", BRANCH):
        message = f"The version '{version}' either is invalid or does not exist."
        raise Problem(400, "InvalidArgumentValueException", message, namespace=WIKI)
    return organisation.wikis.existing(call.names["wiki"])


def _path(call: Call) -> str:
    return "/" + (call.text("path") or "/").strip("/")


def _answer(page: Page, wiki: Wiki, call: Call, organisation: Organisation, *, with_content: bool) -> Answer:
    headers = {"ETag": f'"{page.version}"'}
    if call.headers.get("accept", "").startswith("text/plain"):
        return Answer(200, page.content.encode(), "text/plain", headers)
    depth = call.choice("recursionLevel", *RECURSION)
    body = _page(page, wiki, call, organisation, depth=depth, with_content=with_content)
    return replace(of_json(body), headers=headers)


def _page(
    page: Page, wiki: Wiki, call: Call, organisation: Organisation, *, depth: str, with_content: bool
) -> dict[str, Any]:
    """Pages below carry no content, whatever is asked for."""
    below = [] if depth == "none" else wiki.below(page.path)
    deeper = "full" if depth == "full" else "none"
    shown = [_page(sub, wiki, call, organisation, depth=deeper, with_content=False) for sub in below]
    home = f"{call.base}/{organisation.project_id}"
    place = quote(page.path, safe="")
    body: dict[str, Any] = {
        "path": page.path,
        "order": 0,
        "gitItemPath": _git_path(page.path),
        "subPages": shown,
        "url": f"{home}/_apis/wiki/wikis/{wiki.id}/pages/{place}",
        "remoteUrl": f"{home}/_wiki/wikis/{wiki.id}?pagePath={place}",
        "id": page.id,
    }
    if wiki.below(page.path):
        body["isParentPage"] = True
    return {**body, "content": page.content} if with_content else body


def _git_path(path: str) -> str:
    return "/" if path == "/" else path.replace("-", "%2D").replace(" ", "-") + ".md"
