"""The metrics: each with its name, what it means, and where it is read; a new one is a line in this table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import Enum

from adapters.azure_devops.traffic import ANSWERS
from adapters.metrics import Metric
from adapters.store.records import Result
from bot import __version__
from bot.plan import ActionKind
from bot.where import Where
from jobs.healthy import why_not_ready
from jobs.run import Ending
from jobs.signs import Signs

NEVER = 0.0


def _at(instant: datetime | None) -> float | None:
    return None if instant is None else instant.timestamp()


def _label(member: Enum) -> str:
    return member.name.lower()


def _writes(signs: Signs) -> Mapping[tuple[str, ...], float]:
    kinds = [(kind, result.value) for kind in ActionKind for result in Result]
    return {(_label(kind), result): signs.writes.get((kind, result), 0) for kind, result in kinds}


METRICS: tuple[Metric[Signs], ...] = (
    Metric("shunter_info", "Always 1; says which version runs.", lambda s: {(__version__,): 1}, ("version",)),
    Metric(
        "shunter_start_timestamp_seconds", "When the process began, by its machine's clock.", lambda s: _at(s.started)
    ),
    Metric("shunter_ready", "Whether Shunter can do its job; /readyz says why not.", lambda s: not why_not_ready(s)),
    Metric("shunter_acts", "Whether the mode is act; in the mode observe nothing is written.", lambda s: s.acts),
    Metric("shunter_stands_by", "Whether another replica acts instead of this one.", lambda s: bool(s.stands_by)),
    Metric(
        "shunter_read_only", "Whether nothing may be written although the mode is act.", lambda s: bool(s.read_only)
    ),
    Metric(
        "shunter_signed_out",
        "Whether the last look ended because the sign-in does not hold.",
        lambda s: s.ending is Ending.SIGNED_OUT,
    ),
    Metric("shunter_store_usable", "Whether the store could be used after the last look.", lambda s: not s.store),
    Metric("shunter_look_interval_seconds", "How often Shunter looks.", lambda s: s.interval.total_seconds()),
    Metric(
        "shunter_look_last_success_timestamp_seconds",
        "When a look last read everything and did what it could, by the server's clock; 0: never.",
        lambda s: _at(s.last_success) or NEVER,
    ),
    Metric(
        "shunter_job_last_success_timestamp_seconds",
        "When all that the job had to do last succeeded, by the server's clock; 0: never.",
        lambda s: {(job,): _at(at) or NEVER for job, at in s.succeeded.items()},
        ("job_name",),  # Prometheus itself gives every series a label called job
    ),
    Metric("shunter_look_failures_in_a_row", "Looks that failed since the last that succeeded.", lambda s: s.failures),
    Metric("shunter_look_duration_seconds", "How long the last look took.", lambda s: s.took),
    Metric(
        "shunter_silent_seconds",
        "Time since a look began or ended, or a request was sent or answered.",
        lambda s: s.silent,
    ),
    Metric(
        "shunter_looks_total",
        "Looks since the process began, by how they ended.",
        lambda s: {(_label(ending),): s.looks.get(ending, 0) for ending in Ending},
        ("result",),
    ),
    Metric(
        "shunter_mishaps_total",
        "What should not happen to a schedule and has since the process began: looks missed, cut short, and the like.",
        lambda s: s.mishaps,
        ("mishap", "job_name"),
    ),
    Metric(
        "shunter_stopped_parts",
        "What the last look did not decide, because something about it does not add up.",
        lambda s: len(s.stopped),
    ),
    Metric(
        "shunter_suspicious_things",
        "What the last look left alone because of something that a person should look at.",
        lambda s: len(s.suspicious),
    ),
    Metric("shunter_planned_changes", "Changes that the last look decided on.", lambda s: s.planned),
    Metric(
        "shunter_writes_total",
        "Changes that were sent since the process began, by what they do and what came of them.",
        _writes,
        ("action", "result"),
    ),
    Metric(
        "shunter_defects",
        "Resolved defects, by the one bucket in which each is.",
        lambda s: {(_label(where),): s.backlog.get(where, 0) for where in Where},
        ("bucket",),
    ),
    Metric(
        "shunter_oldest_handover_timestamp_seconds",
        "Since when the defect that waits longest has been due to be handed to its tester; nothing where none waits.",
        lambda s: _at(min(s.waiting.values(), default=None)),
    ),
    Metric(
        "shunter_open_intents", "Writes of which nobody knows yet whether they were done.", lambda s: len(s.uncertain)
    ),
    Metric(
        "shunter_oldest_open_intent_timestamp_seconds",
        "When the oldest of these was meant to be sent; nothing where there is none.",
        lambda s: _at(min(s.uncertain, default=None)),
    ),
    Metric(
        "shunter_canary_well",
        "Whether the last canary of this process proved all that it has to; nothing before the first.",
        lambda s: None if s.canary is None else s.canary.is_well,
    ),
    Metric(
        "shunter_canary_timestamp_seconds",
        "When that was, by the server's clock.",
        lambda s: None if s.canary is None else _at(s.canary.at),
    ),
    Metric(
        "shunter_feed_latency_seconds",
        "How long the canary's write took to show in the feed of revisions.",
        lambda s: None if s.canary is None or s.canary.latency is None else s.canary.latency.total_seconds(),
    ),
    Metric(
        "shunter_resync_timestamp_seconds",
        "When everything was last read anew, by the server's clock.",
        lambda s: _at(s.read_all),
    ),
    Metric(
        "shunter_server_timestamp_seconds",
        "The server's time at the last look that read it.",
        lambda s: _at(s.server_time),
    ),
    Metric(
        "shunter_credential_expiry_timestamp_seconds",
        "When what Shunter signs in with ends; nothing where nobody has said.",
        lambda s: _at(s.credential_ends),
    ),
    Metric(
        "shunter_throttled_seconds",
        "For how long from now nothing is sent, because Azure DevOps asks for that or does not answer.",
        lambda s: s.resting,
    ),
    Metric("shunter_requests_total", "Requests to Azure DevOps since the process began.", lambda s: s.moved.requests),
    Metric(
        "shunter_answers_total",
        "Answers of Azure DevOps since the process began, by the class of their status.",
        lambda s: {(status,): s.moved.answers.get(status, 0) for status in ANSWERS},
        ("status",),
    ),
    Metric(
        "shunter_answer_bytes_total",
        "Bytes of these answers, unpacked, without their headers.",
        lambda s: s.moved.size,
    ),
)
