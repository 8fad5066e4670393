"""What goes without consent: each ground with all its facts, and without each of them."""

import pytest

from trellis.people.consent.rules import judge
from trellis.people.consent.rules.grounds import GROUNDS
from trellis.people.consent.rules.reasons import SENTENCES, Reason
from trellis.people.consent.rules.words import Information, Purpose
from trellis.people.consent.tests.cases import case, on, to

POLICE, DOCTOR, STAFF = (
    to("Pomona Police", "law_enforcement"),
    to("Dr. Lee", "medical", kind="person"),
    to("Bo", "staff"),
)
DEAD, DEATH = {"deceased": True}, ["presence", "diagnosis"]
#: ground: (purpose, recipient, facts, what of the client, what goes of everything)
WHOLE = {
    "medical_emergency": (
        "treatment", DOCTOR,
        {"bona_fide": True, "consent_cannot_be_obtained": True, "recipient_is_medical_personnel": True}, {}, "ordinary",
    ),
    "child_abuse_report": ("other", POLICE, {"initial_report": True}, {}, ["presence", "incident"]),
    "crime_on_premises": ("other", POLICE, {"against_program_or_staff": "hit a nurse"}, {}, ["presence", "incident"]),
    "court_order": (
        "legal_proceedings", to("Court"),
        {"order_under_subpart_e": True, "recipient_in_order": True, "covers": ["plan", "all", "counseling_notes", 5]},
        {},
        ["presence", "plan"],
    ),
    "audit": ("audit", to("Payer"), {"authorized_body": True, "written_agreement": True}, {}, "ordinary"),
    "research": ("research", to("University"), {"board_approval": "IRB 12"}, {}, "ordinary"),
    "public_health": ("other", to("County"), {"deidentified": True}, {}, "ordinary"),
    "qualified_service": ("operations", to("Laboratory"), {"written_agreement": True}, {}, "ordinary"),
    "internal": ("treatment", STAFF, {"need_to_know": True}, {}, "ordinary"),
    "vital_statistics": ("other", to("Coroner"), {"law_requires_cause_of_death": True}, DEAD, DEATH),
    "client_access": ("other", to("Sam", "client", kind="person"), {}, {}, "ordinary"),
}  # fmt: skip
EVERYTHING = [*map(str, Information), "shoe_size"]


def asked(name, *, information=EVERYTHING, purpose=None, who=None, drop=None, client=None):
    its_purpose, its_recipient, facts, its_client, _ = WHOLE[name]
    kept = {fact: value for fact, value in facts.items() if fact != drop}
    value = on(name, purpose or its_purpose, *information, who=who or its_recipient, **kept)
    return value | {"client": value["client"] | its_client | (client or {})}


def test_every_ground_of_the_law_is_here():
    assert sorted(WHOLE) == sorted(GROUNDS)


@pytest.mark.parametrize("name", WHOLE)
def test_with_all_its_facts_it_lets_through_what_it_may(name):
    decision = judge(asked(name))
    expected = WHOLE[name][4]
    ordinary = [word for word in map(str, Information) if word != "counseling_notes"]
    assert list(decision.information) == (ordinary if expected == "ordinary" else expected)
    assert (decision.ground, decision.notice) == (GROUNDS[name].section, False)
    assert "shoe_size" in decision.withheld
    assert "counseling_notes" in decision.withheld


@pytest.mark.parametrize(("name", "fact"), [(name, fact) for name, row in WHOLE.items() for fact in row[2]])
def test_without_one_fact_it_does_not_hold_and_says_which(name, fact):
    decision = judge(asked(name, drop=fact))
    assert (decision.allow, decision.missing, decision.reason) == (False, (fact,), Reason.GROUND_FACTS)
    assert decision.record == ()


@pytest.mark.parametrize("name", WHOLE)
def test_it_holds_for_its_purposes_only(name):
    allowed = [purpose for purpose in Purpose if judge(asked(name, purpose=purpose)).allow]
    assert allowed == [purpose for purpose in Purpose if purpose in GROUNDS[name].purposes]
    assert judge(asked(name, purpose="fun")).reason is Reason.GROUND_PURPOSE


@pytest.mark.parametrize("name", ["child_abuse_report", "crime_on_premises", "internal"])
def test_it_holds_for_its_recipients_only(name):
    decision = judge(asked(name, who=to("Somebody", "reporter")))
    assert (decision.allow, decision.reason, decision.missing) == (False, Reason.GROUND_RECIPIENT, ())


def test_child_protection_is_told_of_abuse_and_no_more_than_the_first_report():
    assert judge(asked("child_abuse_report", who=to("DCFS", "child_protection"))).allow
    later = on("child_abuse_report", "other", "incident", who=POLICE, initial_report=False)
    assert judge(later).missing == ("initial_report",)


@pytest.mark.parametrize("fact", [False, None, 1, "", "  ", [], {}])
def test_a_fact_is_given_when_it_is_true_or_says_something(fact):
    assert not judge(on("research", "research", "plan", board_approval=fact)).allow


def test_an_emergency_goes_at_once_and_what_the_record_lacks_is_said():
    decision = judge(asked("medical_emergency"))
    assert decision.allow
    assert decision.missing == ("recipient_name", "recipient_affiliation", "disclosed_by", "nature")
    assert decision.record[5:] == ("recipient_affiliation", "disclosed_by", "nature")


@pytest.mark.parametrize(
    ("name", "lacks"), [("dr. LEE", False), ("Dr. Li", True), (" ", True), (True, False), (None, True)]
)
def test_the_name_in_the_record_is_that_of_whoever_was_told(name, lacks):
    value = asked("medical_emergency")
    value["ask"]["facts"]["recipient_name"] = name
    assert ("recipient_name" in judge(value).missing) is lacks


def test_an_emergency_holds_for_somebody_whose_name_nobody_knows_yet():
    value = asked("medical_emergency", who=to("", kind="person"))
    value["ask"]["facts"]["recipient_name"] = "Dr. Lee"
    decision = judge(value)
    assert decision.allow
    assert "recipient_name" not in decision.missing


@pytest.mark.parametrize("covers", [None, "plan", [], {}])
def test_an_order_says_what_it_covers(covers):
    facts = {"order_under_subpart_e": True, "recipient_in_order": True, "covers": covers}
    assert judge(on("court_order", "other", "plan", **facts)).missing == ("covers",)


def test_an_order_that_covers_nothing_we_know_lets_nothing_go():
    facts = {"order_under_subpart_e": True, "recipient_in_order": True, "covers": ["all"]}
    decision = judge(on("court_order", "other", "presence", **facts))
    assert (decision.reason, decision.missing) == (Reason.GROUND_INFORMATION, ())


def test_a_health_department_never_learns_of_presence_alone():
    for alone in (["presence"], ["presence", "shoe_size"], ["counseling_notes", "presence"]):
        assert not judge(asked("public_health", information=alone)).allow
    assert judge(asked("public_health", information=["presence", "plan"])).information == ("presence", "plan")


@pytest.mark.parametrize(("name", "client"), [("vital_statistics", {"deceased": False}), ("client_access", DEAD)])
def test_some_grounds_ask_whether_the_client_lives(name, client):
    decision = judge(asked(name, client=client))
    assert (decision.allow, decision.missing) == (False, ("deceased" if name == "vital_statistics" else "client",))


def test_only_the_client_has_the_access_of_the_client():
    assert judge(asked("client_access", who=to("Sam's brother", kind="person"))).missing == ("client",)


@pytest.mark.parametrize("ground", ["", "subpoena", "consent"])
def test_a_ground_that_the_law_does_not_know_denies_and_no_consent_steps_in(ground):
    assert judge(case(ask={"ground": ground})).reason is Reason.UNKNOWN_GROUND


def test_a_consent_is_no_way_out_for_a_ground_that_does_not_hold():
    assert not judge(case(ask={"ground": "medical_emergency"})).allow


def test_every_reason_is_a_sentence():
    assert set(SENTENCES) == set(Reason)
    assert all(str(sentence).endswith(".") for sentence in SENTENCES.values())
