"""What can be wrong with a row, in one sentence each. Staff read them, so they stand in the catalogue."""

from django.utils.translation import gettext_noop as _

# the row is not kept
NOT_AN_OBJECT = _("a row is an object with fields")
NO_NAME = _("a meeting has a name")
BAD_DAY = _("a day is a number from 0 (Sunday) to 6 (Saturday)")
BAD_CLASSIC_DAY = _("a day is a number from 1 (Sunday) to 7 (Saturday)")
BAD_TIME = _("a time is HH:MM")
HALF = _("a meeting has a day and a time, or neither")
INACTIVE = _("the source says that it does not meet now")
NOWHERE = _("nobody could go to it: no place, and no way in online")
CLOSED = _("its place is closed for now, and there is no way in online")
ONLY_ONLINE = _("it meets online only, and no way in is given")

# the row is kept; something was mended or left empty
DAY_DROPPED = _("this day cannot be read and was left out")
DAY_MENDED = _("this day was mended to a number")
TIME_MENDED = _("this time was mended to HH:MM")
END_LEFT_EMPTY = _("this end does not fit its start and was left empty")
LENGTH_LEFT_EMPTY = _("this length cannot be used and was left empty")
ZONE_LEFT_EMPTY = _("this is no known time zone")
LINK_LEFT_EMPTY = _("this is no link that begins with https:// or http:// and was left empty")
LINK_MENDED = _("this link was mended")
PHONE_LEFT_EMPTY = _("this is no telephone number and was left empty")
POINT_LEFT_EMPTY = _("these coordinates are no place on earth and were left empty")
DATE_LEFT_EMPTY = _("this is no date and was left empty")
LANGUAGE_LEFT_OUT = _("this is no language code and was left out")
CODE_UNKNOWN = _("this code is not in the list of types")
CODE_LEFT_OUT = _("this is no code and was left out")
FORMAT_UNRESOLVED = _("no format has this id; it stays as text")
CUT = _("this was too long and was cut")
TWICE = _("the same id, day and time stand in an earlier row; both are kept")
