"""Who works in a demo, and who of its clients and their loved ones can sign in. All made up."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """Somebody who works here."""

    name: str
    pronouns: str
    roles: tuple[str, ...]
    credential: str = ""
    languages: tuple[str, ...] = ("en",)
    language: str = "en"

    @property
    def email(self) -> str:
        first, last = self.name.split()[0], self.name.split()[-1]
        return f"{first}.{last}@demo.example.org".lower()


STAFF = (
    Part("Lucia Arreola", "she/her", ("intake_coordinator",), "", ("en", "es")),
    Part("Tomas Beltran", "él", ("intake_coordinator",), "", ("es", "en"), "es"),
    Part("Noor Haddad", "she/her", ("therapist",), "LMFT"),
    Part("Elena Sandoval", "ella", ("therapist",), "LCSW", ("es", "en"), "es"),
    Part("Whit Calloway", "they/them", ("therapist",), "LPCC", ("en", "es")),
    Part("Marcus Dell", "he/him", ("counselor",), "SUDCC II"),
    Part("Ines Paredes", "ella", ("counselor",), "CADC II", ("es", "en"), "es"),
    Part("Joy Okafor", "she/her", ("counselor",), "SUDCC"),
    Part("Ruben Lara", "él", ("counselor",), "CADC I", ("es", "en")),
    Part("Sam Petrakis", "he/him", ("group_facilitator",), "RADT"),
    Part("Dora Villegas", "ella", ("group_facilitator",), "RADT", ("es", "en"), "es"),
    Part("Gwen Ashby", "she/her", ("clinical_director",), "PsyD"),
    Part("Amir Rostami", "he/him", ("medical_director",), "MD"),
    Part("Paz Figueroa", "she/her", ("front_desk",), "", ("en", "es")),
    Part("Colin Mays", "he/him", ("biller",)),
    Part("Harriet Ng", "she/her", ("program_administrator",)),
)
#: of which kind each credential is, and who gave it
LICENSES = {
    "LMFT": ("lmft", "Board of Behavioral Sciences"),
    "LCSW": ("lcsw", "Board of Behavioral Sciences"),
    "LPCC": ("lpcc", "Board of Behavioral Sciences"),
    "PsyD": ("psychologist", "Board of Psychology"),
    "MD": ("physician", "Medical Board of California"),
    "SUDCC": ("counselor_certified", "CADTP"),
    "SUDCC II": ("counselor_certified", "CADTP"),
    "CADC I": ("counselor_certified", "CCAPP"),
    "CADC II": ("counselor_certified", "CCAPP"),
    "RADT": ("counselor_registered", "CCAPP"),
}
#: whose license ends soon
RENEWS = "Joy Okafor"
#: leads the group that is on when a demo is first looked at, so that their first screen is that room
FACILITATOR = "Sam Petrakis"
#: has a room PIN, to hand a tablet to a client
HANDS_OVER = "front_desk"
LOVED_ONES = (
    Part("Glenn Hardy", "he/him", ("loved_one",)),
    Part("Teresa Maldonado", "ella", ("loved_one",), "", (), "es"),
)
