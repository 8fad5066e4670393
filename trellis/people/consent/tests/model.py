"""The contract once more, written apart from the rule: word by word over the plain case, to be held against it."""

from datetime import date, datetime

KNOWN = [
    "presence",
    "attendance",
    "diagnosis",
    "assessment",
    "plan",
    "progress",
    "measures",
    "toxicology",
    "medications",
    "discharge_summary",
    "billing",
    "incident",
    "counseling_notes",
]
PURPOSES = [
    "treatment",
    "payment",
    "operations",
    "family_support",
    "employment",
    "education",
    "housing",
    "benefits",
    "criminal_justice",
    "legal_proceedings",
    "research",
    "audit",
    "other",
]
TPO = ("treatment", "payment", "operations")
SECTIONS = {
    "medical_emergency": "2.51", "child_abuse_report": "2.12(c)(6)", "crime_on_premises": "2.12(c)(5)",
    "court_order": "2.61", "audit": "2.53", "research": "2.52", "public_health": "2.54",
    "qualified_service": "2.12(c)(4)", "internal": "2.12(c)(3)", "vital_statistics": "2.15(b)", "client_access": "2.23",
}  # fmt: skip


def goes(case):
    """(what may go, in the order asked; the ground)."""
    if case["ask"]["purpose"] not in PURPOSES:
        return [], None
    if case["ask"]["ground"] is not None:
        words = [word for word in case["ask"]["information"] if may_go_on_ground(case, word)]
        if case["ask"]["ground"] == "public_health" and set(words) == {"presence"}:
            words = []
        return words, SECTIONS[case["ask"]["ground"]] if words else None
    best, ground, newest = [], None, None
    for consent in case["consents"]:
        words = [word for word in case["ask"]["information"] if may_go_by_consent(case, consent, word)]
        newer = newest is not None and datetime.fromisoformat(consent["signed_at"]) > newest if words else False
        if len(words) > len(best) or (words and len(words) == len(best) and newer):
            best, ground, newest = words, f"consent:{consent['id']}", datetime.fromisoformat(consent["signed_at"])
    return best, ground


def may_go_by_consent(case, consent, word):
    client, ask, at = case["client"], case["ask"], datetime.fromisoformat(case["at"])
    kind, purpose = consent["kind"], ask["purpose"]
    if word not in KNOWN or consent["faults"] or not consent["signed_by"] or not consent["signed_at"]:
        return False
    if kind not in ("tpo", "specific", "counseling_notes", "legal_proceedings", "criminal_justice"):
        return False
    if any(is_named(one, ask["recipient"], True) for one in client["restricted"]):
        return False
    if not any(is_named(one, ask["recipient"], kind == "tpo") for one in consent["recipients"]):
        return False
    # purposes
    if purpose not in consent["purposes"]:
        return False
    if "legal_proceedings" in consent["purposes"] and len(set(consent["purposes"])) != 1:
        return False
    if purpose == "legal_proceedings" and kind != "legal_proceedings":
        return False
    allowed = {"tpo": TPO, "criminal_justice": ("criminal_justice",), "legal_proceedings": ("legal_proceedings",)}
    if purpose not in allowed.get(kind, PURPOSES):
        return False
    # information
    listed = consent["information"]
    if kind == "counseling_notes":
        if any(one != "counseling_notes" for one in listed) or not listed:
            return False
    elif word == "counseling_notes":
        return False
    names_any = "all" in listed or any(one in KNOWN for one in listed)
    if not (word in listed or ("all" in listed and word != "counseling_notes") or (word == "presence" and names_any)):
        return False
    # time
    signed = datetime.fromisoformat(consent["signed_at"])
    if signed > at or consent["signed_by"] != who_signs(client, signed.date()):
        return False
    if consent["revoked_at"]:
        ends = datetime.fromisoformat(consent["revoked_at"])
        if kind == "criminal_justice" and consent["revocable_after"]:
            ends = max(ends, datetime.fromisoformat(consent["revocable_after"]))
        if at >= ends:
            return False
    return not has_ended(consent, client, at)


def has_ended(consent, client, at):
    expires = consent["expires"] or {}
    if list(expires) == ["none"]:
        return expires["none"] is not True or consent["kind"] != "tpo"
    if list(expires) == ["at"]:
        return at >= datetime.fromisoformat(expires["at"])
    if expires == {"event": "end_of_treatment"}:
        ended = client["treatment_ended_at"]
        return ended is not None and at >= datetime.fromisoformat(ended)
    return True


def who_signs(client, day):
    if client["deceased"]:
        return "personal_representative"
    born = date.fromisoformat(client["birth_date"])
    age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    if age < 18:
        return "client" if client["minor_consented_alone"] else "client_and_parent"
    return "parent_or_guardian" if client["guardian_appointed"] else "client"


def is_named(entry, asker, classes):
    if entry["kind"] == "class":
        known = ("treating_provider", "health_plan", "business_associate")
        return classes and entry["name"] in known and entry["name"] in asker["is"]
    mine, theirs = (" ".join(one["name"].casefold().split()) for one in (entry, asker))
    return entry["kind"] == asker["kind"] and mine == theirs and mine != ""


def may_go_on_ground(case, word):
    ask, facts, client = case["ask"], case["ask"]["facts"], case["client"]
    ground, purpose, roles = ask["ground"], ask["purpose"], ask["recipient"]["is"]
    if word not in KNOWN or word == "counseling_notes":
        return False

    def given(*names):
        return all(facts.get(n) is True or (isinstance(facts.get(n), str) and facts[n].strip()) for n in names)

    told = word in ("presence", "incident")
    if ground == "medical_emergency":
        needed = given("bona_fide", "consent_cannot_be_obtained", "recipient_is_medical_personnel")
        return purpose == "treatment" and needed
    if ground == "child_abuse_report":
        right = "child_protection" in roles or "law_enforcement" in roles
        return purpose == "other" and told and right and given("initial_report")
    if ground == "crime_on_premises":
        return purpose == "other" and told and "law_enforcement" in roles and given("against_program_or_staff")
    if ground == "court_order":
        covers = facts.get("covers") if isinstance(facts.get("covers"), list) else []
        named = word in covers or (word == "presence" and any(one in KNOWN for one in covers))
        return named and given("order_under_subpart_e", "recipient_in_order")
    if ground == "audit":
        return purpose == "audit" and given("authorized_body", "written_agreement")
    if ground == "research":
        return purpose == "research" and given("board_approval")
    if ground == "public_health":
        return purpose == "other" and given("deidentified")
    if ground == "qualified_service":
        return purpose in TPO and given("written_agreement")
    if ground == "internal":
        return purpose in TPO and given("need_to_know") and "staff" in roles
    if ground == "vital_statistics":
        dead = client["deceased"] and word in ("presence", "diagnosis")
        return purpose == "other" and dead and given("law_requires_cause_of_death")
    return ground == "client_access" and "client" in roles and not client["deceased"]
