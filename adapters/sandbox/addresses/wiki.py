"""Wikis and their pages."""

from __future__ import annotations

from adapters.sandbox.api import wiki_pages, wikis
from adapters.sandbox.permissions import Right
from adapters.sandbox.route import IN_PROJECT, JSON, Route

WRITE = "vso.wiki_write"
SEE, MAY = Right.READ_CODE, Right.CONTRIBUTE_WIKI
WIKIS = "wiki/wikis"
PAGES = WIKIS + "/{wiki}/pages"
VERSION = " versionDescriptor.version versionDescriptor.versionOptions versionDescriptor.versionType"
READ = "path recursionLevel includeContent" + VERSION

ROUTES = (
    Route("wikis", "GET", WIKIS, wikis.listed, 2, IN_PROJECT, needs=SEE),
    Route("wiki", "GET", WIKIS + "/{wiki}", wikis.one, 2, IN_PROJECT, needs=SEE),
    Route("create wiki", "POST", WIKIS, wikis.create, 2, IN_PROJECT, media=JSON, writes=WRITE, needs=MAY),
    Route("page", "GET", PAGES, wiki_pages.get, 1, IN_PROJECT, READ, needs=SEE),
    Route(
        "page by id",
        "GET",
        PAGES + "/{page_id}",
        wiki_pages.get_by_id,
        1,
        IN_PROJECT,
        "recursionLevel includeContent",
        needs=SEE,
    ),
    Route("write page", "PUT", PAGES, wiki_pages.put, 1, IN_PROJECT, "path comment" + VERSION, JSON, WRITE, MAY),
    Route("delete page", "DELETE", PAGES, wiki_pages.delete, 1, IN_PROJECT, "path comment" + VERSION, "", WRITE, MAY),
)
