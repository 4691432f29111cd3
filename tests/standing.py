"""The world of the tests, made once: it stands in a database of its own, beside the blank one.

Making the world costs a hundred and forty questions, and thousands of tests begin with it. So the
first of them clones the blank database and makes the world there for good; each opens its
transaction where the world already stands, and takes copies of the people and bodies in it. Tests
without the world, and those of several connections, stay in the blank database.
"""

import pickle

from django.db import connection

from tests import make

SUFFIX = "world"


def raise_world() -> bytes:
    """Clone the blank database and make the world there; the world, ready to be copied."""
    connection.creation.clone_test_db(SUFFIX, verbosity=0)
    step(inside=True)
    return pickle.dumps(make.world())


def clear() -> None:
    """Leave the world and drop its database."""
    step(inside=False)
    connection.creation.destroy_test_db(suffix=SUFFIX, verbosity=0)


def step(*, inside: bool) -> None:
    """Into the database where the world stands, or out to the blank one; not in a transaction."""
    here = connection.settings_dict["NAME"]
    blank = here.removesuffix(f"_{SUFFIX}")
    there = f"{blank}_{SUFFIX}" if inside else blank
    at = connection.connection.info.dbname if connection.connection else here
    if {here, at} != {there}:
        connection.settings_dict["NAME"] = there  # first: who connects meanwhile goes there, too
        connection.close()
        connection.close_pool()
