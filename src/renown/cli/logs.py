"""Where log lines go: to stderr, so that what is printed on stdout can be piped."""

import logging
import sys
from typing import Any

import structlog


def log_to_stderr(log_format: str, level: int = logging.WARNING) -> None:
    """Lines of this level and above, for people (`console`) or machines (`json`)."""
    # The plain form of a traceback, in both: others print local variables, and those may hold a provider's key.
    renderers = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
        if log_format == "json"
        else [_for_people()]
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *renderers,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=_stderr_logger,
        cache_logger_on_first_use=False,
    )


def _for_people() -> structlog.dev.ConsoleRenderer:
    return structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback)


def _stderr_logger(*_names: Any) -> structlog.PrintLogger:
    return structlog.PrintLogger(sys.stderr)
