"""The throw-away database of a test run, started before anything reads the settings.

Loaded with ``-p tests.database``: pytest-django reads the settings while the first conftest files
are collected, so an ordinary hook of ``conftest.py`` would come too late.
"""

import os
from contextlib import ExitStack

import pytest

from config import cluster

CLUSTER = pytest.StashKey[ExitStack]()


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Start one cluster for the whole run; the workers of xdist find it in their environment."""
    if "DATABASE_URL" in os.environ:
        return
    stack = ExitStack()
    data = stack.enter_context(cluster.throwaway())
    os.environ["DATABASE_URL"] = cluster.url(data)
    early_config.stash[CLUSTER] = stack


def pytest_unconfigure(config: pytest.Config) -> None:
    stack = config.stash.get(CLUSTER, None)
    if stack is not None:
        del os.environ["DATABASE_URL"]
        stack.close()
