"""Who has a record watched, who says why they open it, and who reads that."""

from trellis.foundation.access.policy import ANY, OWN, SYSTEM, register
from trellis.foundation.access.roles import STAFF, Alumnus, Client
from trellis.people.clients.emergency.policy import REVIEWERS

register("client.watch", {**dict.fromkeys(REVIEWERS, ANY), SYSTEM: ANY})
register("client.end_watch", dict.fromkeys(REVIEWERS, ANY))
register("client.wish_watch", {Client: OWN, Alumnus: OWN})
register("client.end_wish", {Client: OWN, Alumnus: OWN})
# What a page asks of whoever was about to open it. It shows nothing, so it asks of everybody at work alike.
register("client.say_why", dict.fromkeys(STAFF, ANY))
register("client.review_watched", dict.fromkeys(REVIEWERS, ANY))
