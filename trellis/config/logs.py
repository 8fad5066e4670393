"""One line of JSON an event, with ids and never names or words of people."""

import os
from typing import Any

from trellis.config.lean import hidden

with hidden("rich"):  # for colours that we do not print: five megabytes in every process
    import structlog

ALLOWED = {
    "event", "level", "timestamp", "logger", "request_id", "method", "view", "status", "actor", "verb", "job",
    "seconds", "count", "fault", "database", "message_id", "attempt", "kind",
}  # fmt: skip


def only_allowed(_logger: Any, _name: str, event: dict[str, Any]) -> dict[str, Any]:
    """Keys that nobody listed do not reach the log: that is how a name would get there."""
    return {key: value for key, value in event.items() if key in ALLOWED}


def library_words(_logger: Any, _name: str, event: dict[str, Any]) -> dict[str, Any]:
    """A library's message may carry a path or a value: its logger and the kind of fault are enough."""
    record, fault = event.get("_record"), event.pop("exc_info", None)
    if record is not None and not record.name.startswith("trellis"):
        event["event"] = "library"
        event["fault"] = fault[0].__name__ if isinstance(fault, tuple) and fault[0] else ""
    return event


SHARED: list[Any] = [
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]

structlog.configure(
    processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)

LEVEL = os.environ.get("TRELLIS_LOG_LEVEL", "INFO")

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": SHARED,
            "processors": [
                library_words,
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                only_allowed,
                structlog.processors.JSONRenderer(),
            ],
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "trellis": {"handlers": ["stderr"], "level": LEVEL, "propagate": False},
        "django": {"level": "WARNING"},
    },
}
