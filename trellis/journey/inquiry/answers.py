"""What somebody answered, as one value: the form's way and the telephone's way end here."""

from dataclasses import dataclass, fields

from django.utils.crypto import salted_hmac

from trellis.journey.inquiry import rules
from trellis.journey.inquiry.models import ForWhom


@dataclass(frozen=True)
class Answers:
    for_whom: str
    name: str = ""
    organisation: str = ""
    telephone: str = ""
    email: str = ""
    may_leave_message: bool = False
    may_text: bool = False
    may_email: bool = False
    times: tuple[str, ...] = ()
    safe_note: str = ""
    language: str = "en"
    words: str = ""
    topics: tuple[str, ...] = ()

    @property
    def is_of_loved_one(self) -> bool:
        return self.for_whom == ForWhom.LOVED_ONE

    @property
    def digest(self) -> str:
        """Equal for equal content, however numbers, case and spaces were written; keyed by the installation."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        values["telephone"] = rules.digits(self.telephone)
        values["times"], values["topics"] = sorted(self.times), sorted(self.topics)
        content = "\x1f".join(f"{name}={_plain(value)}" for name, value in sorted(values.items()))
        return salted_hmac("inquiry.content", content, algorithm="sha256").hexdigest()


def _plain(value: object) -> str:
    return rules.fold(value) if isinstance(value, str) else repr(value)
