"""What the server's protocols answer by themselves, before any middleware could."""

from http import HTTPStatus

__all__ = ["EARLY", "FULL", "HASTY", "LATE", "TOO_LONG", "UNFIT"]


def _answer(status: HTTPStatus, words: str, *headers: str) -> bytes:
    """Return a whole answer in words, which browsers take for text and for nothing else."""
    head = (
        f"HTTP/1.1 {status.value} {status.phrase}",
        "Content-Type: text/plain",
        "X-Content-Type-Options: nosniff",
        "Content-Security-Policy: default-src 'none'",
        *headers,
        "Connection: close",
    )
    return "\r\n".join([*head, "", f"{words}\n"]).encode("ascii")


LATE = _answer(HTTPStatus.REQUEST_TIMEOUT, "The request was not finished in time.")
FULL = _answer(HTTPStatus.SERVICE_UNAVAILABLE, "The server is full. Try again in a minute.", "Retry-After: 60")
HASTY = _answer(HTTPStatus.TOO_MANY_REQUESTS, "The request came in too many small pieces.")
TOO_LONG = _answer(
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    "A request has at most 128 headers with 500 entries, and an address of 8,190 bytes with 100 parameters; for a websocket no line is longer.",
)
UNFIT = _answer(HTTPStatus.BAD_REQUEST, "A websocket is asked for without a body, and in printable characters.")
EARLY = _answer(HTTPStatus.BAD_REQUEST, "A websocket may be written to once it is open.")
