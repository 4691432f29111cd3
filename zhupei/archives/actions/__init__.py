"""What can be done with archive packages and with the recordings that belong to them."""

from zhupei.archives.actions.packages import MAKE, ask, check, fetch, make, make_for_job

__all__ = ["MAKE", "ask", "check", "fetch", "make", "make_for_job"]
