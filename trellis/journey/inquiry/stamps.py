"""The one-time stamps of the form that asks for help."""

from trellis.foundation.access.public_forms import Stamps

_stamps = Stamps("inquiry")
new_stamp, is_ours, spend = _stamps.new, _stamps.is_ours, _stamps.spend
