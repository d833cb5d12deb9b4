"""The server: ``streamlit run app.py`` finds ``app`` here. Its pages are in ``pages/``, the shell around them in ``ui/shell.py``."""

import sys
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT))  # so that geo and ui are found whichever way the server was started

import settings  # noqa: E402
from geo.errors import DataError  # noqa: E402
from store import StoreError  # noqa: E402
from ui import asset_routes, data, warming  # noqa: E402
from ui.auth import gate  # noqa: E402
from ui.entrance.page import Entrance  # noqa: E402
from ui.server import descriptors, logs, origin, uncompressed  # noqa: E402
from ui.server.bounds import pacing, places, requests, sending, sign_ins  # noqa: E402
from ui.server.component_frames import ComponentFrames  # noqa: E402
from ui.server.headers import SecurityHeaders  # noqa: E402
from ui.server.metrics import LocalMetrics  # noqa: E402
from ui.show import rooms  # noqa: E402

logs.expect_caches_outside_of_runs()
logs.bound_repeats()
try:
    settings.check()
    data.atlas()
except DataError as error:
    # One message with every problem, and no traceback: the reader is whoever maintains the data.
    folders = " and ".join(map(str, filter(None, (settings.data_folder(), settings.layers_folder()))))
    raise SystemExit(f"{error}\nFix the files in {folders} and start again.") from None
except (StoreError, settings.SettingError) as error:
    raise SystemExit(str(error)) from None

app = st.App(
    ROOT / "ui" / "shell.py",
    routes=asset_routes.below_base([*asset_routes.routes(), *rooms.routes(data.current)]),
    middleware=[  # the first is the outermost
        Middleware(SecurityHeaders, ancestors=settings.frame_ancestors()),
        Middleware(places.Places, bounds=descriptors.claim()),
        Middleware(requests.Requests),
        Middleware(sending.PiecewiseAnswers),
        Middleware(origin.OriginGuard),
        Middleware(pacing.Pacing),
        Middleware(sign_ins.SignIns),
        Middleware(LocalMetrics),
        Middleware(uncompressed.Uncompressed),
        Middleware(gate.UploadGate),
        Middleware(ComponentFrames, links={"streamlit_folium.st_folium": asset_routes.preloads}),
        Middleware(Entrance),
    ],
    lifespan=warming.lifespan,
)
