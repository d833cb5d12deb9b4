"""Where commands print: what a terminal or a log cannot show costs neither the command nor its exit status."""

import codecs
import io
import sys

__all__ = ["prepare"]

_ESCAPED = "json-escaped"


def prepare() -> None:
    r"""Let standard output take any text: characters that its encoding lacks are written as JSON has them, such as ``\u533a``."""
    codecs.register_error(_ESCAPED, _escape)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors=_ESCAPED)


def _escape(error: UnicodeError) -> tuple[str, int]:
    """Return characters that cannot be encoded as escapes, and where to go on."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i : i + 2].hex()}" for i in range(0, len(units), 2)), error.end
