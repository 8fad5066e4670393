from trellis.foundation.access.policy import ANY, register
from trellis.foundation.access.roles import STAFF

register("desk.open", dict.fromkeys(STAFF, ANY))
