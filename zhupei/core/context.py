"""What the record of deeds knows about the request being served."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class RequestContext:
    request_id: str = ""
    address: str = ""


NOWHERE = RequestContext()
current: ContextVar[RequestContext] = ContextVar("request_context", default=NOWHERE)


@contextmanager
def unseen() -> Iterator[None]:
    """What is recorded inside does not say from where: for people who must not be found by it."""
    token = current.set(NOWHERE)
    try:
        yield
    finally:
        current.reset(token)
