"""What the database itself refuses: a reviewed list, so that a guard which somebody takes away is missed."""

from trellis.foundation.record.triggers import AppendOnly, NoOverlap, declared

APPEND_ONLY = {
    "admission_admission",
    "admission_recordscompared",
    "audit_auditbatch",
    "audit_auditevent",
    "audit_auditleaf",
    "audit_auditsubject",
    "breaches_affected",
    "breaches_affectedmark",
    "breaches_assessment",
    "breaches_circumstances",
    "breaches_given",
    "breaches_incident",
    "breaches_letter",
    "breaches_letterreturn",
    "breaches_policedelay",
    "breaches_step",
    "breaches_wording",
    "clients_emergencyopening",
    "clients_emergencyreview",
    "clients_legalname",
    "clients_watch",
    "clients_watchedopening",
    "clients_watchedreview",
    "clients_watchend",
    "consent_consent",
    "consent_consentend",
    "consent_consentscan",
    "consent_disclosure",
    "consent_disclosurefacts",
    "consent_outsiderequest",
    "consent_outsidereview",
    "consent_standing",
    "documents_document",
    "inquiry_attempt",
    "inquiry_statuschange",
    "operations_legalhold",
    "operations_legalholdend",
    "operations_tombstone",
    "care_counselingnote",
    "care_counselingnoteversion",
    "consent_passedon",
    "program_blueprintversion",
    "proxies_proxyaccess",
    "proxies_proxyend",
    "proxies_proxytakenup",
    "rights_acknowledgement",
    "rights_noticeversion",
    "rights_requestanswer",
    "rights_rightsrequest",
    "schedule_absencenotice",
    "schedule_arrival",
    "schedule_attendance",
    "schedule_attendanceundo",
    "schedule_calloutcome",
    "schedule_guestcount",
    "schedule_joinedsession",
    "schedule_joinedsessionundo",
    "schedule_noticeundo",
    "schedule_notseated",
    "schedule_prescribedhours",
    "schedule_rosteraddition",
    "schedule_sessionchange",
    "schedule_silencedecision",
    "staff_legalname",
}
NEVER_TWICE = {("schedule_booking", "room_id"), ("schedule_booking", "staff_member_id")}


def test_facts_are_only_ever_added():
    assert {one.table for one in declared() if isinstance(one, AppendOnly)} == APPEND_ONLY


def test_nothing_is_booked_twice():
    assert {(one.table, one.resource) for one in declared() if isinstance(one, NoOverlap)} == NEVER_TWICE
