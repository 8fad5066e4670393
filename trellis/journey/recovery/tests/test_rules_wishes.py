"""What a client chose, as the finder is asked; no database."""

from hypothesis import given
from hypothesis import strategies as st

from trellis.journey.recovery.models import MeetingChoice, Need, Way
from trellis.journey.recovery.wishes import wish_of

POMONA = {"start": "91766", "latitude": 34.04, "longitude": -117.76, "miles": 5}

choices = st.builds(
    MeetingChoice,
    start=st.just(""),
    kinds=st.lists(st.sampled_from(["AA", "NA", "SMART Recovery"]), unique=True),
    language=st.sampled_from(["", "en", "es"]),
    way=st.sampled_from(["", *Way.values]),
    needs=st.lists(st.sampled_from(Need.values), unique=True),
)


@given(choices, st.booleans())
def test_nothing_is_asked_for_that_was_not_chosen_and_nothing_chosen_is_left_out(choice, somewhere):
    if somewhere:
        for name, value in POMONA.items():
            setattr(choice, name, value)
    wish = wish_of(choice)
    assert (wish.kinds, wish.language, wish.way) == (tuple(choice.kinds), choice.language, choice.way)
    assert {need for need in Need.values if getattr(wish, need)} == set(choice.needs)
    assert (wish.day, wish.part, wish.text, wish.secular, wish.trait) == ("", "", "", False, "")
    assert (wish.spot is not None) == (somewhere and choice.way != Way.ONLINE)
    assert wish.or_online == (wish.spot is not None and choice.way == "")
    assert not somewhere or wish.within == 5
