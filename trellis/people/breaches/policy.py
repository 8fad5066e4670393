"""Who works on a breach: those who guard privacy here."""

from trellis.foundation.access.policy import ANY
from trellis.foundation.access.policy import register as add
from trellis.people.clients.emergency.policy import REVIEWERS
from trellis.people.clients.policy import Grants

_GUARDS: Grants = dict.fromkeys(REVIEWERS, ANY)

# The incident, its days, its assessment: nobody is named there.
add("breach.see", _GUARDS)
add("breach.record", _GUARDS)
add("breach.assess", _GUARDS)
# Who was affected, by name, and the letters to them.
add("breach.people", _GUARDS)
add("breach.tell", _GUARDS)
