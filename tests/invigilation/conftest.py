import pytest

from tests import make_officials


@pytest.fixture
def room(world):
    """The world with its invigilators."""
    return make_officials.add(world)
