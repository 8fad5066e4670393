"""Who opens the client's pages: each their own, nobody else's."""

from trellis.foundation.access.policy import OWN, register
from trellis.foundation.access.roles import Alumnus, Client

register("my.today", {Client: OWN, Alumnus: OWN})
register("my.week", {Client: OWN})
register("my.over_time", {Client: OWN, Alumnus: OWN})
# Whoever left comes back this way.
register("my.leaving", {Client: OWN, Alumnus: OWN})
register("my.letters", {Client: OWN, Alumnus: OWN})
register("my.story", {Client: OWN})
register("my.questions", {Client: OWN, Alumnus: OWN})
register("my.contact", {Client: OWN})
register("my.arriving", {Client: OWN})
register("my.kept_out", {Client: OWN, Alumnus: OWN})
register("my.helpers", {Client: OWN, Alumnus: OWN})
register("my.looked", {Client: OWN, Alumnus: OWN})
register("my.meetings", {Client: OWN, Alumnus: OWN})
# Whoever was here once decides on what is told of it.
register("my.sharing", {Client: OWN, Alumnus: OWN})
register("my.rights", {Client: OWN, Alumnus: OWN})
# The plan, the follow-ups and the contact of whoever is here or was.
register("my.plan", {Client: OWN, Alumnus: OWN})
register("my.follow_up", {Client: OWN, Alumnus: OWN})
register("my.contact_after", {Client: OWN, Alumnus: OWN})
