"""The shape that code keeps, judged one source file at a time: what it may import, call and be named."""

import ast
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).parent.parent

LAYERS = {
    "bot": {"bot"},
    "adapters": {"adapters", "bot"},
    "jobs": {"jobs", "adapters", "bot"},
    "templates": {"templates"},
}
OURS = {*LAYERS, "tests"}

IMPURE_MODULES = {
    "aiohttp", "apscheduler", "asyncio", "azure", "http", "httpx", "io", "jinja2", "locale", "logging", "msal",
    "msrest", "os", "pathlib", "random", "requests", "secrets", "shutil", "socket", "sqlalchemy", "sqlite3",
    "structlog", "subprocess", "sys", "tempfile", "threading", "time", "urllib3", "uuid", "werkzeug",
}  # fmt: skip
IMPURE_CALLS = {"input", "open", "print"}
IMPURE_METHODS = {"now", "open", "read_bytes", "read_text", "today", "utcnow", "write_bytes", "write_text"}

SDK = {"azure", "msrest"}
GATEWAY = "adapters/azure_devops/gateway.py"
KNOW_THE_SDK = {GATEWAY, "adapters/azure_devops/clients.py"}

NAMES_THAT_SAY_NOTHING = {
    "common", "helper", "helpers", "manager", "managers", "misc", "service", "services", "util", "utils",
}  # fmt: skip


def complaints(path: str, source: str) -> list[str]:
    """What is wrong with a file of the product or its tests, by its path from the root."""
    tree = ast.parse(source)
    found = [*_about_names(path), *_about_the_docstring(tree), *_about_imports(path, tree)]
    if _folder(path) == "bot":
        found += _about_purity(tree)
    return [f"{path}{complaint}" for complaint in found]


def imported(path: str, tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and full name of each module or object that a file imports, wherever in it the import stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(path, node)
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)


def _absolute(path: str, node: ast.ImportFrom) -> str:
    above = PurePosixPath(path).parts[: -node.level] if node.level else ()
    return ".".join((*above, *filter(None, [node.module])))


def _about_names(path: str) -> Iterator[str]:
    for part in PurePosixPath(path).with_suffix("").parts:
        if part in NAMES_THAT_SAY_NOTHING:
            yield f": '{part}' does not say what it is about"


def _about_the_docstring(tree: ast.Module) -> Iterator[str]:
    if not ast.get_docstring(tree):
        yield ": has no docstring"


def _about_imports(path: str, tree: ast.Module) -> Iterator[str]:
    allowed = LAYERS.get(_folder(path), OURS)
    for line, name in imported(path, tree):
        top = name.split(".")[0]
        if top in OURS - allowed:
            yield f":{line}: {_folder(path)} does not import {top}"
        if top in SDK and _folder(path) in LAYERS and path not in KNOW_THE_SDK:
            yield f":{line}: only {' and '.join(sorted(KNOW_THE_SDK))} import {top}"


def _about_purity(tree: ast.Module) -> Iterator[str]:
    for line, name in imported("", tree):
        if name.split(".")[0] in IMPURE_MODULES:
            yield f":{line}: bot does not import {name.split('.')[0]}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (name := _impure_call(node.func)):
            yield f":{node.lineno}: bot does not call {name}"


def _impure_call(function: ast.expr) -> str:
    match function:
        case ast.Name(id=name) if name in IMPURE_CALLS:
            return f"{name}()"
        case ast.Attribute(attr=name) if name in IMPURE_METHODS:
            return f".{name}()"
        case _:
            return ""


def _folder(path: str) -> str:
    return PurePosixPath(path).parts[0]
