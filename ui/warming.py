"""Work done once, when the server starts, so that no visitor waits for it."""

import gc
import os
import socket
import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

from streamlit import runtime

# Imported so that pages find them loaded. Not ui.panels.map_panel, nor what imports it: streamlit-folium declares its component when it is
# imported, and a server that is not running yet forgets it (its frame then answers 404).
from ui import asset_routes, data
from ui.exporting import pressed_files
from ui.server import abandoned, announcing, collecting, descriptors, running
from ui.show import rooms, show  # noqa: F401

__all__ = ["lifespan", "send_at_once"]

_INTERNET = (socket.AF_INET, socket.AF_INET6)


@asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[None]:
    """Set the server's limits, fill the caches that every page needs, then take all that is loaded out of the garbage collector's rounds.

    A full collection holds the interpreter's lock: with pandas, geopandas and folium loaded it takes longer than a script run. Frozen objects are
    not looked at again; what runs leave behind still is.
    """
    del app
    send_at_once()
    running.limit(descriptors.claim())
    if runtime.exists():  # tests run without
        pressed_files.keep(runtime.get_instance().media_file_mgr)
    data.figure_table()
    asset_routes.scripts()
    gc.collect()
    gc.freeze()
    announcing.announce()
    async with abandoned.freeing(), collecting.collecting():
        with rooms.ending_with_server(), closing(data.versions()):
            yield


def send_at_once() -> None:
    """Switch Nagle's algorithm off on the sockets this process listens on; connections inherit it.

    Streamlit makes its socket without naming TCP as the protocol, and asyncio then leaves the algorithm on: the second small write of
    a response, or the next message of a websocket, waits up to 40 ms for the browser's delayed acknowledgement. See docs/decisions/0004.
    """
    descriptors = Path("/dev/fd")
    for entry in list(descriptors.iterdir()) if descriptors.is_dir() else ():
        try:
            is_socket = stat.S_ISSOCK(os.fstat(int(entry.name)).st_mode)
        except OSError:  # the listing's own descriptor, closed by now
            continue
        if not is_socket:
            continue
        with socket.socket(fileno=os.dup(int(entry.name))) as found:
            if found.family in _INTERNET and found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
