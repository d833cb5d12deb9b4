"""Work done once, when the server starts, so that no visitor waits for it."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from ui import assets, charts, cluster, controls, data, kpi, picture, profile, reference  # noqa: F401 - imported so that pages find them loaded

__all__ = ["lifespan"]


@asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[None]:
    """Fill the caches that every page needs, then take all that is loaded out of the garbage collector's rounds.

    Streamlit collects garbage in full at the end of each script run, with the interpreter's lock held: with pandas, geopandas and folium
    loaded that takes longer than the run itself. Frozen objects are not looked at again; what a run leaves behind still is.
    """
    del app
    data.book()
    assets.scripts()
    gc.collect()
    gc.freeze()
    yield
