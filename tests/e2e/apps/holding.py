"""A server whose page leaves a file and an object with each session; ``/held`` says how many there still are."""

import sys
import weakref
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from streamlit import runtime

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[2]))

from ui.server import abandoned  # noqa: E402

objects: weakref.WeakSet = weakref.WeakSet()
sys.modules["holding"] = sys.modules[__name__]  # where the page finds it


async def held(_: Request) -> JSONResponse:
    """Count files and objects."""
    files = runtime.get_instance().uploaded_file_mgr.file_storage  # type: ignore[attr-defined]
    return JSONResponse({"files": sum(map(len, files.values())), "objects": len(objects)})


app = st.App(HERE / "holding_page.py", routes=[Route("/held", held)], lifespan=lambda _: abandoned.freeing())
