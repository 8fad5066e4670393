"""A record opened in an emergency by somebody who is not on the care team: an hour, a reason, and people who read it.

45 CFR 164.312(a)(2)(ii) asks for such a way; that it is seen by the privacy officer and by the client keeps it rare.
"""
