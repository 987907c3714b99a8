"""Only added to: triggers by which the database itself refuses to change or take away what stands in a table."""

from __future__ import annotations

from sqlalchemy import DDL, Table, event

_REFUSAL = "the ledger is only ever added to"
_FUNCTION = (
    "CREATE OR REPLACE FUNCTION ledger_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$"
)


def refusals(table: str, dialect: str) -> tuple[str, ...]:
    """The statements that make them, for SQLite or PostgreSQL."""
    if dialect == "sqlite":
        return tuple(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
            for verb in ("UPDATE", "DELETE")
        )
    return (
        _FUNCTION,
        *(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_only_added_to()"
            for verb in ("UPDATE", "DELETE", "TRUNCATE")
        ),
    )


def guard(table: Table) -> None:
    """From its making on."""
    for dialect in ("sqlite", "postgresql"):
        for statement in refusals(table.name, dialect):
            made = DDL(statement.replace("%", "%%"))  # type: ignore[no-untyped-call]
            event.listen(table, "after_create", made.execute_if(dialect=dialect))
