"""Only added to: triggers by which the database itself refuses to change or take away what stands in a table."""

from __future__ import annotations

from sqlalchemy import DDL, Table, event

_REFUSAL = "the ledger is only ever added to"
_ANCHORS = "ledger_anchors"
_IS_REMOVED = f"EXISTS (SELECT 1 FROM {_ANCHORS} WHERE upto >= OLD.sequence)"  # noqa: S608
"""An anchor says up to where: it is written first, and chained like every other row."""
_FUNCTION = f"""CREATE OR REPLACE FUNCTION ledger_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND TG_TABLE_NAME <> '{_ANCHORS}' THEN
        IF {_IS_REMOVED} THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'restrict_violation';
END $$"""
_EACH = {"UPDATE": "ROW", "DELETE": "ROW", "TRUNCATE": "STATEMENT"}


def refusals(table: str, dialect: str) -> tuple[str, ...]:
    """The statements that make them, for SQLite or PostgreSQL."""
    if dialect == "sqlite":
        unless = "" if table == _ANCHORS else f"WHEN NOT {_IS_REMOVED} "
        return tuple(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"{unless if verb == 'DELETE' else ''}BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
            for verb in ("UPDATE", "DELETE")
        )
    return (
        _FUNCTION,
        *(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"FOR EACH {each} EXECUTE FUNCTION ledger_is_only_added_to()"
            for verb, each in _EACH.items()
        ),
    )


def guard(table: Table) -> None:
    """From its making on."""
    for dialect in ("sqlite", "postgresql"):
        for statement in refusals(table.name, dialect):
            made = DDL(statement.replace("%", "%%"))  # type: ignore[no-untyped-call]
            event.listen(table, "after_create", made.execute_if(dialect=dialect))
