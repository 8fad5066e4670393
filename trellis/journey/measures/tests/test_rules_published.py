"""What an instrument's points say. The tables were written from the publications, apart from the rules file."""

import pytest

from trellis.journey.measures.rules import Status
from trellis.journey.measures.tests.factories import RULES, every, form, scored

PHQ9 = form("phq-9", 1, 1, 1, 1, 1, 1, 1, 1, 0)
BAM_CLEAN = form("bam-iop", 0, 0, 0, 0, 0, 0, 0, 4, 4, 0, 4, 4, 4, 0, 4)

#: instrument, answers, sex, total, severity; the bands as their authors published them
PUBLISHED = [
    ("phq-9", form("phq-9", *[0] * 9), None, 0, "minimal"),
    ("phq-9", form("phq-9", 1, 1, 1, 1, 0, 0, 0, 0, 0), None, 4, "minimal"),
    ("phq-9", form("phq-9", 1, 1, 1, 1, 1, 0, 0, 0, 0), None, 5, "mild"),
    ("phq-9", form("phq-9", *[1] * 9), None, 9, "mild"),
    ("phq-9", form("phq-9", 2, *[1] * 8), None, 10, "moderate"),
    ("phq-9", form("phq-9", *[2] * 5, *[1] * 4), None, 14, "moderate"),
    ("phq-9", form("phq-9", *[2] * 6, *[1] * 3), None, 15, "moderately_severe"),
    ("phq-9", form("phq-9", 3, *[2] * 8), None, 19, "moderately_severe"),
    ("phq-9", form("phq-9", 3, 3, *[2] * 7), None, 20, "severe"),
    ("phq-9", form("phq-9", *[3] * 9) | {"phq9.10": 3}, None, 27, "severe"),
    ("phq-2", form("phq-2", 1, 1), None, 2, "negative"),
    ("phq-2", form("phq-2", 2, 1), None, 3, "positive"),
    ("gad-7", form("gad-7", *[1] * 4, 0, 0, 0), None, 4, "minimal"),
    ("gad-7", form("gad-7", *[1] * 5, 0, 0), None, 5, "mild"),
    ("gad-7", form("gad-7", 2, 2, *[1] * 5), None, 9, "mild"),
    ("gad-7", form("gad-7", 2, 2, 2, *[1] * 4), None, 10, "moderate"),
    ("gad-7", form("gad-7", *[2] * 7), None, 14, "moderate"),
    ("gad-7", form("gad-7", 3, *[2] * 6), None, 15, "severe"),
    ("gad-2", form("gad-2", 2, 0), None, 2, "negative"),
    ("gad-2", form("gad-2", 0, 3), None, 3, "positive"),
    ("phq-4", form("phq-4", 1, 1, 0, 0), None, 2, "normal"),
    ("phq-4", form("phq-4", 1, 1, 1, 0), None, 3, "mild"),
    ("phq-4", form("phq-4", 3, 3, 0, 0), None, 6, "moderate"),
    ("phq-4", form("phq-4", 3, 3, 3, 0), None, 9, "severe"),
    ("pcl-5", form("pcl-5", *[2] * 15, *[0] * 5), None, 30, "below_cutoff"),
    ("pcl-5", form("pcl-5", *[2] * 15, 1, *[0] * 4), None, 31, "cutoff_range"),
    ("pcl-5", form("pcl-5", *[2] * 15, 3, *[0] * 4), None, 33, "probable_ptsd"),
    ("pc-ptsd-5", form("pc-ptsd-5", 0), None, 0, "negative"),
    ("pc-ptsd-5", form("pc-ptsd-5", 1, 1, 1, 1, 0, 0), None, 3, "negative"),
    ("pc-ptsd-5", form("pc-ptsd-5", 1, 1, 1, 1, 1, 0), None, 4, "positive"),
    ("audit-c", form("audit-c", 0), "male", 0, "negative"),
    ("audit-c", form("audit-c", 1, 1, 1), "male", 3, "negative"),
    ("audit-c", form("audit-c", 2, 1, 1), "male", 4, "positive"),
    ("audit-c", form("audit-c", 1, 1, 0), "female", 2, "negative"),
    ("audit-c", form("audit-c", 1, 1, 1), "female", 3, "positive"),
    ("audit-c", form("audit-c", 1, 1, 1), None, 3, "positive"),
    ("audit-c", form("audit-c", 1, 1, 0), "other", 2, "negative"),
    ("cows", form("cows", 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), None, 4, "none"),
    ("cows", form("cows", 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0), None, 5, "mild"),
    ("cows", form("cows", 4, 3, 5, 1, 0, 0, 0, 0, 0, 0, 0), None, 13, "moderate"),
    ("cows", form("cows", 4, 4, 5, 5, 4, 0, 0, 0, 0, 0, 3), None, 25, "moderately_severe"),
    ("cows", form("cows", 4, 4, 5, 5, 4, 4, 5, 2, 1, 0, 3), None, 37, "severe"),
    ("ciwa-ar", form("ciwa-ar", 7, 0, 0, 0, 0, 0, 0, 0, 0, 0), None, 7, "minimal_to_mild"),
    ("ciwa-ar", form("ciwa-ar", 7, 1, 0, 0, 0, 0, 0, 0, 0, 0), None, 8, "moderate"),
    ("ciwa-ar", form("ciwa-ar", 7, 7, 1, 0, 0, 0, 0, 0, 0, 0), None, 15, "severe"),
    ("ace-adult-ca", form("ace-adult-ca", *[0] * 10), None, 0, "low"),
    ("ace-adult-ca", form("ace-adult-ca", 1, 1, 1, *[0] * 7), None, 3, "intermediate"),
    ("ace-adult-ca", form("ace-adult-ca", 1, 1, 1, 1, *[0] * 6), None, 4, "high"),
    ("craving-nrs", form("craving-nrs", 10), None, 10, None),
    ("audit", form("audit", 4, 3, 0, 0, 0, 0, 0, 0, 0, 0), None, 7, "low"),
    ("audit", form("audit", 4, 4, 0, 0, 0, 0, 0, 0, 0, 0), None, 8, "hazardous"),
    ("audit", form("audit", 4, 4, 4, 4, 0, 0, 0, 0, 0, 0), None, 16, "harmful"),
    ("audit", form("audit", 4, 4, 4, 4, 0, 0, 0, 0, 4, 0), None, 20, "possible_dependence"),
    ("dast-10", form("dast-10", 0, 0, 1, *[0] * 7), None, 0, "none"),
    ("dast-10", form("dast-10", 0, 0, 0, *[0] * 7), None, 1, "low"),
    ("dast-10", form("dast-10", 1, 1, 0, *[0] * 7), None, 3, "moderate"),
    ("dast-10", form("dast-10", 1, 1, 0, 1, 1, 1, 0, 0, 0, 0), None, 6, "substantial"),
    ("dast-10", form("dast-10", 1, 1, 0, *[1] * 6, 0), None, 9, "severe"),
    ("who-5", form("who-5", 2, 2, 1, 1, 1), None, 28, "likely_depression"),
    ("who-5", form("who-5", 3, 3, 2, 2, 2), None, 48, "low_wellbeing"),
    ("who-5", form("who-5", 3, 3, 3, 2, 2), None, 52, "adequate"),
    ("barc-10", form("barc-10", *[5] * 6, *[4] * 4), None, 46, "below_47"),
    ("barc-10", form("barc-10", *[5] * 7, *[4] * 3), None, 47, "at_or_above_47"),
    ("cudit-r", form("cudit-r", 4, 3, 0, 0, 0, 0, 0, 0), None, 7, "low"),
    ("cudit-r", form("cudit-r", 4, 4, 0, 0, 0, 0, 0, 0), None, 8, "hazardous"),
    ("cudit-r", form("cudit-r", 4, 4, 4, 0, 0, 0, 0, 0), None, 12, "possible_cud"),
]


@pytest.mark.parametrize(("name", "answers", "sex", "total", "severity"), PUBLISHED)
def test_points_and_bands_are_those_published(name, answers, sex, total, severity):
    found = scored(name, answers, sex)
    assert (found.status, found.total, found.severity) == (Status.COMPLETE, total, severity)


#: instrument, answers, subscales; c-ssrs and socrates and bam have no total
SUBSCALES = [
    ("phq-4", form("phq-4", 1, 2, 3, 3), {"anxiety": 3, "depression": 6}),
    ("bam-iop", BAM_CLEAN, {"use": 0, "risk": 0, "protective": 24}),
    ("bam", form("bam", 4, 1, 2, 3, 2, 1, 3, 1, 2, 4, 1, 2, 0, 3, 2), {"use": 6, "risk": 17, "protective": 8}),
    ("bam-r", every("bam-r", max), {"use": 90, "risk": 180, "protective": 180}),
    ("bam-r", every("bam-r", min), {"use": 0, "risk": 0, "protective": 0}),
    (
        "bam-r",
        form("bam-r", 1, 10, 0, 3, 2, 0, 2, 3, 7, 1, 1, 0, 1, 4, 5),
        {"use": 5, "risk": 8 + 10 + 0 + 15 + 1 + 30, "protective": 22 + 7 + 8 + 0 + 30 + 5},
    ),
    ("pcl-5", form("pcl-5", *[1] * 5, *[2] * 2, *[3] * 7, *[4] * 6), {"B": 5, "C": 4, "D": 21, "E": 24}),
    ("pcl-5-weekly", form("pcl-5-weekly", *[1] * 20), {"B": 5, "C": 2, "D": 7, "E": 6}),
    ("socrates-8a", every("socrates-8a", max), {"recognition": 35, "ambivalence": 20, "taking_steps": 40}),
    ("socrates-8d", every("socrates-8d", min), {"recognition": 7, "ambivalence": 4, "taking_steps": 8}),
    ("change-rulers", form("change-rulers", 3, 7, 5), {"importance": 3, "confidence": 7, "readiness": 5}),
]


@pytest.mark.parametrize(("name", "answers", "subscores"), SUBSCALES)
def test_subscales_are_those_published(name, answers, subscores):
    assert scored(name, answers).subscores == subscores


#: instrument, answers, flags
FLAGS = [
    ("phq-9", PHQ9, ()),
    ("phq-9", PHQ9 | {"phq9.9": 1}, ("suicidal_ideation_item",)),
    ("phq-9", {"phq9.9": 3}, ("suicidal_ideation_item",)),
    ("phq-9", {"phq9.9": 1, "phq9.1": 7}, ("suicidal_ideation_item",)),
    ("phq-9", {}, ("safety_item_missing",)),
    ("phq-9", {"phq9.9": 4}, ("safety_item_missing",)),
    ("phq-9", form("phq-9", 2, 0, 2, 2, 2, 2, 0, 0, 0), ("major_depressive_syndrome",)),
    ("phq-9", form("phq-9", 0, 2, 2, 2, 2, 0, 0, 0, 1), ("major_depressive_syndrome", "suicidal_ideation_item")),
    ("phq-9", form("phq-9", 2, 2, 2, 2, 0, 0, 0, 0, 0), ("other_depressive_syndrome",)),
    # the ninth counts once, from 1 on
    ("phq-9", form("phq-9", 2, 2, 2, 0, 0, 0, 0, 0, 2), ("other_depressive_syndrome", "suicidal_ideation_item")),
    ("phq-9", form("phq-9", 0, 2, 0, 0, 0, 0, 0, 2, 0), ("other_depressive_syndrome",)),
    ("phq-9", form("phq-9", 2, 1, 1, 1, 1, 1, 1, 1, 0), ()),
    ("phq-9", form("phq-9", 1, 1, 3, 3, 3, 3, 3, 3, 0), ()),
    ("phq-4", form("phq-4", 2, 1, 1, 1), ("anxiety_screen_positive",)),
    ("phq-4", form("phq-4", 1, 1, 2, 1), ("depression_screen_positive",)),
    ("bam-iop", BAM_CLEAN, ("abstinent",)),
    ("bam-iop", BAM_CLEAN | {"bamiop.4": 1, "bamiop.5": 1}, ("use_present",)),
    ("bam-iop", BAM_CLEAN | {"bamiop.4": 1, "bamiop.5": 2}, ("inconsistent_answers", "use_present")),
    ("bam-iop", BAM_CLEAN | {"bamiop.7c": 2}, ("inconsistent_answers",)),
    ("bam-iop", BAM_CLEAN | {"bamiop.1": 4, "bamiop.2": 4, "bamiop.3": 4}, ("abstinent", "risk_high")),
    (
        "bam-iop",
        BAM_CLEAN | {"bamiop.9": 0, "bamiop.10": 0, "bamiop.12": 0},
        ("abstinent", "protective_low"),
    ),
    ("bam", {"bam.4": 0, "bam.6": 0}, ("abstinent",)),
    ("bam", {"bam.4": 0, "bam.6": 0, "bam.7b": 1}, ("inconsistent_answers",)),
    ("bam", {"bam.4": 1, "bam.5": 2}, ("inconsistent_answers", "use_present")),
    ("bam-r", {"bamr.4": 0, "bamr.6": 0}, ("abstinent",)),
    ("bam-r", {"bamr.4": 3, "bamr.5": 4, "bamr.6": 0}, ("inconsistent_answers", "use_present")),
    ("pc-ptsd-5", form("pc-ptsd-5", 1, 1, 1, 1, 0, 0), ("above_sensitive_cutoff",)),
    ("pc-ptsd-5", {"pcptsd5.0": 0, "pcptsd5.3": 1}, ("inconsistent_answers",)),
    ("audit-c", form("audit-c", 4, 0, 0), ("points_from_frequency_only", "sex_not_recorded")),
    ("audit-c", {"auditc.1": 0, "auditc.2": 2}, ("inconsistent_answers", "sex_not_recorded")),
    ("taps-1", {"taps1.1": 1, "taps1.2f": 2}, ("alcohol_positive", "tobacco_positive")),
    ("taps-1", {"taps1.3": 1, "taps1.4": 2}, ("drugs_positive", "prescription_misuse_positive")),
    (
        "ahc-hrsn-substance-use",
        every("ahc-hrsn-substance-use", max),
        ("alcohol_positive", "drugs_positive", "prescription_misuse_positive", "tobacco_positive"),
    ),
    ("pcl-5", form("pcl-5", 2, *[0] * 4, 2, 0, 2, 2, *[0] * 5, 2, 2, *[0] * 4), ("provisional_ptsd_pattern",)),
    ("pcl-5", form("pcl-5", 2, *[0] * 4, 2, 0, 2, 1, *[0] * 5, 2, 2, *[0] * 4), ()),
    ("audit", {"audit.1": 0, "audit.5": 2}, ("inconsistent_answers",)),
]


@pytest.mark.parametrize(("name", "answers", "flags"), FLAGS)
def test_flags_are_said(name, answers, flags):
    assert scored(name, answers).flags == flags


#: answers to questions 1 to 6 and 6b of the C-SSRS screener, as far as they were given; level; flags
CSSRS = [
    ({"1": 0, "2": 0, "6": 0}, "none", ()),
    ({"1": 1, "2": 0, "6": 0}, "low", ()),
    ({"1": 0, "2": 1, "3": 0, "4": 0, "5": 0, "6": 0}, "low", ()),
    ({"1": 0, "2": 1, "3": 1, "4": 0, "5": 0, "6": 0}, "moderate", ()),
    ({"1": 0, "2": 0, "6": 1, "6b": 0}, "moderate", ()),
    ({"1": 0, "2": 1, "3": 0, "4": 1, "5": 0, "6": 0}, "high", ()),
    ({"1": 0, "2": 1, "3": 0, "4": 0, "5": 1, "6": 0}, "high", ()),
    ({"1": 0, "2": 0, "6": 1, "6b": 1}, "high", ("recent_behavior",)),
    ({"1": 0, "2": 0, "6": 1}, "high", ("recency_unknown", "safety_item_missing")),
    ({"1": 0, "2": 0, "5": 1, "6": 0}, "high", ("inconsistent_answers",)),
    ({"1": 0, "2": 0, "6": 0, "6b": 1}, "high", ("inconsistent_answers", "recent_behavior")),
    ({"1": 0}, None, ("safety_item_missing",)),
    ({"1": 0, "2": 1}, "low", ("safety_item_missing",)),
    ({}, None, ("safety_item_missing",)),
    ({"1": 3, "4": 1}, "high", ("safety_item_missing",)),
    ({"1": 3, "2": 0, "6": 0}, None, ("safety_item_missing",)),
    ({"1": 0, "2": 0, "6": 0, "9": 1}, None, ()),
]


@pytest.mark.parametrize(("answers", "level", "flags"), CSSRS)
def test_the_columbia_triage_never_waits_for_a_whole_form(answers, level, flags):
    found = scored("c-ssrs-screener", {f"cssrs.{number}": answer for number, answer in answers.items()})
    assert (found.severity, found.flags, found.total) == (level, flags, None)


def judged(name):
    """Each severity and flag of an instrument as its rules name them, and those that the tables above show."""
    rules = RULES[name]
    severity = rules.get("severity") or {}
    named = {flag["code"] for flag in rules["flags"]} | {code for _low, _high, code in severity.get("bands", ())}
    named |= {level["code"] for level in severity.get("levels", ())}
    named |= {severity[key] for key in ("at_or_above", "below", "positive", "else_if_complete") if key in severity}
    tables = [(row[0], row[1], row[2] if len(row) > 3 else None) for row in (*PUBLISHED, *SUBSCALES, *FLAGS)]
    tables += [("c-ssrs-screener", {f"cssrs.{n}": value for n, value in row[0].items()}, None) for row in CSSRS]
    tables += [("taps-1", NO_SUBSTANCE, None), ("ahc-hrsn-substance-use", every("ahc-hrsn-substance-use", min), None)]
    found = [scored(*row) for row in tables if row[0] == name]
    return named, {code for one in found for code in (one.severity, *one.flags)}


@pytest.mark.parametrize("name", sorted(RULES))
def test_the_tables_show_every_severity_and_every_flag_of_every_instrument(name):
    named, shown = judged(name)
    assert named <= shown


NO_SUBSTANCE = {"taps1.1": 0, "taps1.3": 0, "taps1.4": 0, "taps1.2m": 0}


def test_a_screen_for_substances_is_positive_at_once_and_negative_only_when_whole():
    assert scored("taps-1", {"taps1.3": 1}).severity == "positive"
    assert scored("taps-1", {"taps1.3": 1, "taps1.1": 9}).severity == "positive"
    assert scored("taps-1", {"taps1.1": 0, "taps1.3": 0, "taps1.4": 0}).severity is None
    one_of_two = {"taps1.1": 0, "taps1.3": 0, "taps1.4": 0, "taps1.2m": 0}
    assert (scored("taps-1", one_of_two).status, scored("taps-1", one_of_two).severity) == ("complete", "negative")
    assert scored("taps-1", one_of_two | {"taps1.2f": 9}).severity is None


@pytest.mark.parametrize(
    ("answers", "total"),
    [
        (form("phq-9", 1, 1, 1, 1, 1, 1, 1, 1), 9),  # 8 × 9/8
        (form("phq-9", 1, 0, 0, 0, 0, 0, 0, 0), 1),  # 1.125
        (form("phq-9", 2, 2, 0, 0, 0, 0, 0, 0), 5),  # 4.5, half up
        (form("phq-9", 3, 3, 3, 3, 3, 3, 3), 27),
        (form("phq-9", 1, 0, 0, 0, 0, 0, 0), 1),  # 1.29
        (form("phq-9", 2, 0, 0, 0, 0, 0, 0), 3),  # 2.57
    ],
)
def test_two_missing_answers_of_the_phq9_are_made_up_by_the_mean_half_up(answers, total):
    found = scored("phq-9", answers)
    assert (found.status, found.total) == ("prorated", total)
    bands = RULES["phq-9"]["severity"]["bands"]
    assert found.severity == next(code for low, high, code in bands if low <= total <= high)


def test_three_missing_answers_are_too_many():
    assert scored("phq-9", form("phq-9", 3, 3, 3, 3, 3, 3)).status == "incomplete"


def test_a_prorated_form_says_no_syndrome():
    assert scored("phq-9", form("phq-9", *[3] * 8)).flags == ("safety_item_missing",)
