"""What the server's log is spared."""

import logging

__all__ = ["expect_caches_outside_of_runs"]


class _NoRunIsExpected(logging.Filter):
    """Let pass all but what Streamlit says of a thread without a script run."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a line is logged."""
        return "missing ScriptRunContext" not in str(record.msg)


def expect_caches_outside_of_runs() -> None:
    """Keep Streamlit's remark on threads without a script run out of the log.

    The start and the routes of the show read the data through the caches that pages use; each reading outside of a run is a line in the log,
    of which Streamlit says itself that it can be ignored.
    """
    logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").addFilter(_NoRunIsExpected())
