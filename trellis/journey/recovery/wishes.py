"""What a client chose, as the finder is asked."""

from trellis.foundation.places.finding import Wish
from trellis.journey.recovery.models import MeetingChoice, Need, Way


def wish_of(choice: MeetingChoice) -> Wish:
    """Near their place or, unless they said that they want to sit with people, online from anywhere."""
    spot = None if choice.way == Way.ONLINE else choice.spot
    return Wish(
        spot=spot,
        within=choice.miles or Wish.within,
        or_online=spot is not None and not choice.way,
        way=choice.way,
        language=choice.language,
        kinds=tuple(choice.kinds),
        families=Need.FAMILIES in choice.needs,
        newcomers=Need.NEWCOMERS in choice.needs,
        wheelchair=Need.WHEELCHAIR in choice.needs,
    )
