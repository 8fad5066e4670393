"""One consent and one question: what serves and what does not (42 CFR 2.31, 2.33, 2.35)."""

import pytest

from trellis.people.consent.rules import judge
from trellis.people.consent.rules.reasons import Reason
from trellis.people.consent.tests.cases import case, to

ANA = {"kind": "person", "name": "Ana Ruiz"}
PLAN = {"kind": "class", "name": "health_plan"}


def test_what_a_consent_names_goes_with_the_notice_and_is_written_down():
    decision = judge(case(ask={"information": ["toxicology", "attendance", "presence"]}))
    assert (decision.allow, decision.ground, decision.notice) == (True, "consent:k1", True)
    assert (decision.information, decision.withheld) == (("attendance", "presence"), ("toxicology",))
    assert decision.record == ("recipient", "purpose", "information", "at", "by")
    assert decision.missing == ()


def test_what_may_not_go_leaves_nothing_to_write_down():
    decision = judge(case(ask={"information": ["toxicology", "diagnosis"]}))
    assert (decision.allow, decision.ground, decision.notice) == (False, None, False)
    assert (decision.information, decision.withheld) == ((), ("toxicology", "diagnosis"))
    assert decision.record == ()


DENIED = [
    ("nobody asked for anything", case(ask={"information": []}), Reason.INFORMATION),
    (
        "a purpose that nobody knows",
        case(consent={"purposes": ["fun"]}, ask={"purpose": "fun"}),
        Reason.UNKNOWN_PURPOSE,
    ),
    ("another purpose", case(ask={"purpose": "employment"}), Reason.PURPOSE),
    ("another person", case(ask={"recipient": to("Anna Ruiz", kind="person")}), Reason.NO_CONSENT),
    ("an organization of that name", case(ask={"recipient": to("Ana Ruiz")}), Reason.NO_CONSENT),
    (
        "an empty name",
        case(consent={"recipients": [ANA | {"name": " "}]}, ask={"recipient": to("  ", kind="person")}),
        Reason.NO_CONSENT,
    ),
    ("no recipients", case(consent={"recipients": []}), Reason.NO_CONSENT),
    ("no purposes", case(consent={"purposes": []}), Reason.PURPOSE),
    ("no information", case(consent={"information": []}), Reason.INFORMATION),
    (
        "only words that nobody knows",
        case(consent={"information": ["x"]}, ask={"information": ["x"]}),
        Reason.INFORMATION,
    ),
    ("not signed", case(consent={"signed_by": None}), Reason.DEFICIENT),
    ("not dated", case(consent={"signed_at": None}), Reason.DEFICIENT),
    ("no expiry", case(consent={"expires": None}), Reason.DEFICIENT),
    ("a blank expiry", case(consent={"expires": {}}), Reason.DEFICIENT),
    ("two expiries", case(consent={"expires": {"none": True, "event": "end_of_treatment"}}), Reason.DEFICIENT),
    ("an event that nobody knows", case(consent={"expires": {"event": "one_day"}}), Reason.DEFICIENT),
    ("no end, and not for treatment and payment", case(consent={"expires": {"none": True}}), Reason.DEFICIENT),
    ("none that is false", case(consent={"expires": {"none": False}}), Reason.DEFICIENT),
    ("a fault", case(consent={"faults": ["known_false"]}), Reason.DEFICIENT),
    ("a fault without a name", case(consent={"faults": [None]}), Reason.DEFICIENT),
    ("a kind that nobody knows", case(consent={"kind": "blanket"}), Reason.DEFICIENT),
    ("no id", case(consent={"id": ""}), Reason.DEFICIENT),
    ("signed a second later", case(consent={"signed_at": "2026-11-25T17:30:01-08:00"}), Reason.NOT_YET_SIGNED),
    ("revoked at that instant", case(consent={"revoked_at": "2026-11-26T01:30:00Z"}), Reason.REVOKED),
    ("expired at that instant", case(consent={"expires": {"at": "2026-11-26T01:30:00+00:00"}}), Reason.EXPIRED),
    (
        "treatment has ended",
        case(
            client={"treatment_ended_at": "2026-11-25T17:30:00-08:00"},
            consent={"expires": {"event": "end_of_treatment"}},
        ),
        Reason.EXPIRED,
    ),
    ("the client asked not to", case(client={"restricted": [ANA | {"name": "ana  RUIZ "}]}), Reason.RESTRICTED),
]


@pytest.mark.parametrize(("what", "value", "reason"), DENIED, ids=[what for what, _, _ in DENIED])
def test_the_answer_is_no(what, value, reason):
    decision = judge(value)
    assert (decision.allow, decision.reason) == (False, reason)
    assert list(decision.withheld) == value["ask"]["information"]
    assert (decision.ground, decision.record, decision.notice) == (None, (), False)


ALLOWED = [
    ("the same name, written otherwise", case(ask={"recipient": to(" ANA\t ruiz ", kind="person")})),
    ("signed at that instant", case(consent={"signed_at": "2026-11-25T17:30:00-08:00"})),
    ("revoked a second later", case(consent={"revoked_at": "2026-11-25T17:30:01-08:00"})),
    ("expires a second later", case(consent={"expires": {"at": "2026-11-25T17:30:01-08:00"}})),
    ("treatment goes on", case(consent={"expires": {"event": "end_of_treatment"}})),
    ("presence, where any kind is named", case(consent={"information": ["plan"]}, ask={"information": ["presence"]})),
    ("everything", case(consent={"information": ["all"]}, ask={"information": ["toxicology"]})),
    ("another is restricted", case(client={"restricted": [ANA | {"name": "Bo Lee"}, PLAN]})),
    (
        "an entry beside it that nobody understands",
        case(consent={"recipients": ["?", ANA, {"kind": "pet", "name": "x"}]}),
    ),
    ("a word beside it that nobody knows", case(consent={"information": ["attendance", 7]})),
]


@pytest.mark.parametrize(("what", "value"), ALLOWED, ids=[what for what, _ in ALLOWED])
def test_the_answer_is_yes(what, value):
    decision = judge(value)
    assert (decision.allow, decision.ground) == (True, "consent:k1")


# --- kinds of consent -------------------------------------------------------------------------------------------------

TPO = {"kind": "tpo", "purposes": ["treatment", "payment", "operations"], "information": ["all"], "recipients": [PLAN]}
INSURER = to("Blue Sky Health", "health_plan")


def tpo(client=None, consent=None, **ask):
    asked = {"recipient": INSURER, "purpose": "payment", "information": ["billing"]} | ask
    return judge(case(client=client, consent=TPO | (consent or {}), ask=asked))


def test_one_signature_for_treatment_payment_and_operations_serves_a_class_and_needs_no_end():
    assert tpo().allow
    assert tpo(consent={"expires": {"none": True}}).allow
    assert tpo(recipient=to("Blue Sky Health")).reason is Reason.NO_CONSENT
    assert tpo(purpose="employment", consent={"purposes": ["payment", "employment"]}).reason is Reason.PURPOSE
    assert (
        tpo(consent={"recipients": [{"kind": "class", "name": "anybody"}]}, recipient=to("x", "anybody")).allow is False
    )


def test_a_class_names_nobody_in_another_kind_of_consent():
    assert tpo(consent={"kind": "specific"}).reason is Reason.NO_CONSENT


def test_a_whole_class_may_be_restricted():
    assert tpo(client={"restricted": [PLAN]}).reason is Reason.RESTRICTED


NOTES = {"kind": "counseling_notes", "information": ["counseling_notes"]}


@pytest.mark.parametrize(
    ("consent", "information", "goes"),
    [
        (NOTES, ["counseling_notes", "presence", "plan"], ("counseling_notes", "presence")),
        (NOTES | {"information": ["counseling_notes", "plan"]}, ["counseling_notes", "plan"], ()),
        (NOTES | {"information": ["plan"]}, ["plan"], ()),
        ({"information": ["counseling_notes", "plan"]}, ["counseling_notes", "plan"], ("plan",)),
        ({"information": ["all"]}, ["counseling_notes", "plan"], ("plan",)),
    ],
)
def test_counseling_notes_need_a_consent_for_them_alone(consent, information, goes):
    assert judge(case(consent=consent, ask={"information": information})).information == goes


@pytest.mark.parametrize(
    ("kind", "purposes", "purpose", "allow"),
    [
        ("legal_proceedings", ["legal_proceedings"], "legal_proceedings", True),
        ("legal_proceedings", ["legal_proceedings", "treatment"], "legal_proceedings", False),
        ("legal_proceedings", ["treatment"], "treatment", False),
        ("specific", ["legal_proceedings"], "legal_proceedings", False),
        ("specific", ["legal_proceedings", "treatment"], "treatment", False),
        ("criminal_justice", ["criminal_justice"], "criminal_justice", True),
        ("criminal_justice", ["criminal_justice", "treatment"], "treatment", False),
        ("specific", ["criminal_justice"], "criminal_justice", True),
    ],
)
def test_court_and_probation_stand_alone(kind, purposes, purpose, allow):
    assert judge(case(consent={"kind": kind, "purposes": purposes}, ask={"purpose": purpose})).allow is allow


@pytest.mark.parametrize(
    ("kind", "until", "allow"),
    [
        ("criminal_justice", "2026-11-25T17:30:01-08:00", True),
        ("criminal_justice", "2026-11-25T17:30:00-08:00", False),
        ("criminal_justice", None, False),
        ("specific", "2026-12-25T17:30:00-08:00", False),
    ],
)
def test_what_a_court_waits_for_stands_until_the_time_that_it_names(kind, until, allow):
    consent = {"kind": kind, "purposes": ["criminal_justice"], "revoked_at": "2026-11-20T00:00:00Z"}
    decision = judge(case(consent=consent | {"revocable_after": until}, ask={"purpose": "criminal_justice"}))
    assert decision.allow is allow


# --- who signs --------------------------------------------------------------------------------------------------------

SIGNED = "2026-11-02T10:00:00-08:00"
MINOR = {"birth_date": "2008-11-03"}


@pytest.mark.parametrize(
    ("client", "signer"),
    [
        ({}, "client"),
        ({"birth_date": "2008-11-02"}, "client"),
        ({"minor_consented_alone": True}, "client"),
        (MINOR, "client_and_parent"),
        (MINOR | {"minor_consented_alone": True}, "client"),
        (MINOR | {"guardian_appointed": True}, "client_and_parent"),
        ({"guardian_appointed": True}, "parent_or_guardian"),
        ({"deceased": True}, "personal_representative"),
        (MINOR | {"deceased": True, "guardian_appointed": True}, "personal_representative"),
    ],
)
def test_one_signature_serves_and_no_other(client, signer):
    served = [
        by
        for by in ("client", "client_and_parent", "parent_or_guardian", "personal_representative", "neighbor")
        if judge(case(client=client, consent={"signed_by": by, "signed_at": SIGNED})).allow
    ]
    assert served == [signer]


@pytest.mark.parametrize(("day", "allow"), [("2026-02-28", False), ("2026-03-01", True)])
def test_somebody_born_on_a_leap_day_is_grown_up_on_the_first_of_march(day, allow):
    consent = {"signed_at": f"{day}T12:00:00-08:00"}
    assert judge(case(client={"birth_date": "2008-02-29"}, consent=consent)).allow is allow


def test_the_day_is_that_of_the_place_where_it_was_signed():
    late = {"signed_at": "2026-11-01T23:30:00-07:00"}  # in UTC it is their birthday already
    assert judge(case(client={"birth_date": "2008-11-02"}, consent=late)).reason is Reason.SIGNER


# --- several consents -------------------------------------------------------------------------------------------------


def test_consents_are_not_added_together_and_the_one_that_lets_most_through_counts():
    consents = [
        {"id": "a", "information": ["attendance"]},
        {"id": "b", "information": ["plan", "progress"]},
        {"id": "c", "information": ["all"], "revoked_at": "2026-11-03T00:00:00Z"},
    ]
    decision = judge(case(consents=consents, ask={"information": ["attendance", "plan", "progress"]}))
    assert (decision.ground, decision.information) == ("consent:b", ("plan", "progress"))


def test_where_two_let_as_much_through_the_newer_counts():
    consents = [
        {"id": "old"},
        {"id": "new", "signed_at": "2026-11-03T10:00:00-08:00"},
        {"id": "older", "signed_at": "2026-10-01T10:00:00-08:00"},
    ]
    assert judge(case(consents=consents)).ground == "consent:new"


def test_of_several_that_fail_the_closest_says_why():
    consents = [
        {"id": "a", "purposes": ["employment"]},
        {"id": "b", "revoked_at": "2026-11-03T00:00:00Z"},
        {"id": "c", "information": ["plan"]},
    ]
    assert judge(case(consents=consents)).reason is Reason.REVOKED


# --- malformed --------------------------------------------------------------------------------------------------------

BROKEN = [
    {},
    {"at": None},
    {"at": "2026-11-25T17:30:00"},
    {"at": "soon"},
    {"client": None},
    {"client": {}},
    {"consents": None},
    {"ask": None},
]
NO_CLIENT = [
    {"birth_date": None},
    {"birth_date": "1990-13-01"},
    {"deceased": None},
    {"deceased": 0},
    {"treatment_ended_at": "2026-11-25T17:30:00"},
    {"minor_consented_alone": "no"},
    {"guardian_appointed": None},
    {"restricted": None},
    {"restricted": ["Ana Ruiz"]},
    {"restricted": [{"kind": "family", "name": "Ana Ruiz"}]},
    {"restricted": [{"kind": "class", "name": "family"}]},
]
NO_ASK = [
    {"recipient": None},
    {"recipient": {"kind": "class", "name": "health_plan", "is": ["health_plan"]}},
    {"recipient": {"kind": "person", "name": None, "is": []}},
    {"recipient": {"kind": "person", "name": "Ana Ruiz"}},
    {"purpose": None},
    {"information": "attendance"},
    {"ground": 7},
    {"facts": None},
]


@pytest.mark.parametrize(
    "value",
    [
        *({**case(), **part} if part else {} for part in BROKEN),
        *(case(client=part) for part in NO_CLIENT),
        *(case(ask=part) for part in NO_ASK),
    ],
)
def test_what_is_missing_or_malformed_never_allows(value):
    decision = judge(value)
    assert (decision.allow, decision.reason, decision.missing) == (False, Reason.MALFORMED, ())
    ask = value.get("ask")
    asked = ask["information"] if isinstance(ask, dict) and isinstance(ask["information"], list) else []
    assert list(decision.withheld) == asked


@pytest.mark.parametrize(
    "part",
    [
        {"id": None},
        {"kind": 1},
        {"signed_by": 1},
        {"signed_at": "2026-11-02T10:00:00"},
        {"recipients": None},
        {"information": "all"},
        {"purposes": None},
        {"expires": {"at": "2027-11-02"}},
        {"revoked_at": "2027-11-02T00:00:00"},
        {"revocable_after": 5},
        {"faults": None},
    ],
)
def test_a_consent_that_cannot_be_read_costs_only_itself(part):
    assert not judge(case(consent=part)).allow
    assert judge(case(consents=[part, {"id": "k2"}])).ground == "consent:k2"
    assert judge(case(consents=[part]) | {"consents": ["?"]}).reason is Reason.NO_CONSENT


@pytest.mark.parametrize("part", ["treatment_ended_at", "revoked_at", "revocable_after", "ground"])
def test_what_may_be_null_may_be_absent(part):
    value = case()
    for holder in (value["client"], value["consents"][0], value["ask"]):
        holder.pop(part, None)
    assert judge(value).allow
