"""The hot process, a bare ASGI application without Django.

    uvicorn config.hot:app --no-access-log --no-server-header --no-proxy-headers

It has its own connections and its own port, so that a burst of saves cannot starve the pages.
Environment: DATABASE_URL, or ZHUPEI_DATA for the private cluster; ZHUPEI_SECRET_KEY.
"""

import os
from pathlib import Path

import asyncpg

from config.cluster import url
from zhupei.core.hot import Application
from zhupei.core.streams import Feed
from zhupei.exams import hot as exams
from zhupei.invigilation import hot as invigilation

BASE_DIR = Path(__file__).resolve().parent.parent
PATIENCE = 5  # seconds for one connection or one statement; then it counts as away

# Acknowledged means durable, whatever the role's defaults say. Every table is entered by key and
# every batch joined by hash: a plan made for an empty table, or for a batch of one, stays right.
SETTINGS = {
    "application_name": "zhupei-hot",
    "synchronous_commit": "on",
    "enable_seqscan": "off",
    "enable_nestloop": "off",
    "jit": "off",
}


async def connect() -> asyncpg.Connection:
    """One more connection to the database the pages use."""
    here = url(Path(os.environ.get("ZHUPEI_DATA", BASE_DIR / "var")))
    return await asyncpg.connect(
        os.environ.get("DATABASE_URL") or here,
        timeout=PATIENCE,
        command_timeout=PATIENCE,
        server_settings=SETTINGS,
    )


behind = exams.queues(connect)
ear = invigilation.Ear(connect)
behind.saves.tell(ear.hear)
boards = Feed(connect, invigilation.look)
app = Application(exams.doors(behind) | invigilation.doors(boards), *behind, ear, boards)
