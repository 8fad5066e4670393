"""Who opens the family's page. It shows nobody's record."""

from trellis.foundation.access.policy import ANY, register
from trellis.foundation.access.roles import LovedOne

register("family.open", {LovedOne: ANY})
