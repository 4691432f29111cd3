"""What the record of deeds knows about the request being served."""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class RequestContext:
    request_id: str = ""
    address: str = ""


NOWHERE = RequestContext()
current: ContextVar[RequestContext] = ContextVar("request_context", default=NOWHERE)
