"""Deeds of a form: whatever the order they come in, the newest about a thing counts."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from zhupei.core.deeds import newest
from zhupei.patrols.models import Deed

NINE = datetime(2026, 6, 1, 9, tzinfo=UTC)
SAID = st.lists(
    st.builds(
        Deed,
        id=st.uuids(),
        kind=st.sampled_from(["answer", "note"]),
        about=st.sampled_from(["log", "books", ""]),
        value=st.sampled_from(["good", "bad", ""]),
        at=st.integers(0, 5).map(lambda minutes: NINE + timedelta(minutes=minutes)),
    ),
    unique_by=lambda one: one.id,
)


@given(SAID, st.randoms())
def test_what_counts_does_not_depend_on_the_order_of_arrival(said, random):
    shuffled = list(said)
    random.shuffle(shuffled)

    found = newest(said, "answer")
    assert found == newest([*shuffled, *shuffled], "answer")
    answers = [one for one in said if one.kind == "answer"]
    assert set(found) == {one.about for one in answers}
    for about, value in found.items():
        last = max(one.at for one in answers if one.about == about)
        assert value in {one.value for one in answers if (one.about, one.at) == (about, last)}
