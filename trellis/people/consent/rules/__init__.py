"""May this be disclosed? The pure rule behind the gate: a case in, a decision out (42 CFR part 2).

No database, no clock, no request. `decide` judges a case; `judge` one that came as JSON and may be malformed.
"""

from trellis.people.consent.rules.case import Ask, Case, Client, Consent, Recipient
from trellis.people.consent.rules.deciding import Decision, decide, judge
from trellis.people.consent.rules.serving import out_of_force

__all__ = ["Ask", "Case", "Client", "Consent", "Decision", "Recipient", "decide", "judge", "out_of_force"]
