"""Does this point to substance use? Tobacco and nicotine do not (42 CFR 2.11); pain medicine alone does not either.

When in doubt, yes: what is protected without need harms nobody. ICD-10-CM F10-F16, F18, F19 and what stands for an
overdose; SNOMED CT by code or by its words.
"""

import re

from trellis.journey.inquiry.referral.parts import Object, codings, words

ICD_10 = "http://hl7.org/fhir/sid/icd-10-cm"
SNOMED = "http://snomed.info/sct"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"

#: F: disorders; T40, T43.6, T50.9, T51: poisoning by narcotics, stimulants, drugs that nobody named, alcohol
ICD_10_CODES = re.compile(r"F1[0-68-9]|T40|T43\.?6|T50\.?9|T51", re.IGNORECASE)
SNOMED_CODES = frozenset(
    {
        "7200002",  # alcoholism
        "66590003",  # alcohol dependence
        "15167005",  # alcohol abuse
        "25702006",  # alcohol intoxication
        "8635005",  # alcohol withdrawal delirium
        "75544000",  # opioid dependence
        "5602001",  # opioid abuse
        "191816009",  # drug dependence
        "26416006",  # drug abuse
        "6525002",  # dependent drug abuse
        "78267003",  # cocaine abuse
        "31956009",  # cocaine dependence
        "37344009",  # cannabis abuse
        "85005007",  # cannabis dependence
        "55680006",  # drug overdose
        "56876005",  # drug rehabilitation and detoxification
    }
)

_SUBSTANCE = (
    r"alcohol|ethanol|drinking|opioid|opiate|heroin|fentanyl|cocaine|crack|cannab|marijuana|stimulant|amphetamine"
    r"|sedative|hypnotic|anxiolytic|benzodiazepine|barbiturate|hallucinogen|inhalant|solvent|phencyclidine|ketamine"
    r"|mdma|ecstasy|kratom|substance|drugs?\b"
)
_PATTERN = (
    r"abus|addict|dependen|misus|use disorder|harmful|unhealthy|problem|intoxicat|withdrawal|poisoning|overdos"
    r"|rehabilitat|detox|residential|treatment program"
)
WORDS = re.compile(
    r"alcoholi(?:sm|cs)\b|overdos|detoxif|\bdetox\b|delirium tremens"
    rf"|(?:{_SUBSTANCE}).*(?:{_PATTERN})|(?:{_PATTERN}).*(?:{_SUBSTANCE})",
    re.IGNORECASE,
)
#: somebody else's, or no use at all
NOT_THEIRS = re.compile(r"family history|in (?:the )?family|drug interaction|adverse (?:drug|reaction)", re.IGNORECASE)

#: for alcohol or opioid use disorder, or to reverse an overdose
MEDICINES = re.compile(
    r"acamprosate|buprenorphine|disulfiram|lofexidine|methadone|nalmefene|naloxone|naltrexone"
    r"|acamprosato|buprenorfina|lofexidina|metadona|nalmefeno|naloxona|naltrexona"
    r"|antabuse|campral|lucemyra|methadose|narcan|sublocade|brixadi|suboxone|subutex|vivitrol|zubsolv",
    re.IGNORECASE,
)
#: buprenorphine made for pain alone
FOR_PAIN = re.compile(r"butrans|belbuca|buprenex", re.IGNORECASE)
RXNORM_INGREDIENTS = frozenset({"1819", "3554", "6813", "7242", "7243", "82819"})


def points_to_use(concept: Object) -> bool:
    """A concept of a diagnosis, an encounter or a reason."""
    return any(_coding_points(*coding) for coding in codings(concept)) or in_words(words(concept, "text"))


def _coding_points(system: str, code: str, display: str | None) -> bool:
    if system == ICD_10:
        return ICD_10_CODES.match(code) is not None
    return (system == SNOMED and code in SNOMED_CODES) or in_words(display)


def in_words(text: str | None) -> bool:
    return text is not None and WORDS.search(text) is not None and NOT_THEIRS.search(text) is None


def is_medicine(concept: Object) -> bool:
    """A drug for alcohol or opioid use disorder or overdose reversal, by its name or its ingredient."""
    names = [words(concept, "text"), *(display for _, _, display in codings(concept))]
    if any(name and FOR_PAIN.search(name) for name in names):
        return False
    by_code = any(system == RXNORM and code in RXNORM_INGREDIENTS for system, code, _ in codings(concept))
    return by_code or any(name and MEDICINES.search(name) for name in names)
