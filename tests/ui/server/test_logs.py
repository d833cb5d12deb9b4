"""The log is spared one remark of Streamlit's and nothing else."""

import logging

from streamlit.runtime.scriptrunner_utils import script_run_context

from ui.server.logs import _NoRunIsExpected


def test_only_the_remark_on_threads_without_a_run_is_left_out() -> None:
    logger = logging.getLogger(script_run_context.__name__)  # fails where Streamlit moves the module
    no_run = logger.makeRecord(
        logger.name, logging.WARNING, "", 0, "Thread '%s': missing ScriptRunContext! …", ("x",), None
    )
    other = logger.makeRecord(logger.name, logging.WARNING, "", 0, "Something else.", (), None)
    assert [_NoRunIsExpected().filter(record) for record in (no_run, other)] == [False, True]
