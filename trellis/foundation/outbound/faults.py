"""Why something was not fetched: a word for machines, kept; a sentence for people, made when somebody reads it."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "address": _("This is not a web address. An address begins with https:// and has no spaces."),
    "scheme": _("Only addresses that begin with https:// are read."),
    "port": _("Only the usual ports of a web site, 443 and 80, are read. Take the number out of the address."),
    "user": _("Take the name and the password out of the address."),
    "host": _("This installation reads only from the sites on its own list, and this one is not on it."),
    "unknown": _("There is no site with this name. Check how it is written."),
    "inside": _("This address leads into a private network. Only public sites are read."),
    "redirects": _("The site sent us on too many times."),
    "unreachable": _("The site does not answer, or its certificate is not right."),
    "slow": _("The site took too long."),
    "big": _("The site sent more than we read from one place."),
    "encoded": _("The site sent its answer packed, although we asked for it plain."),
    "broken": _("The site sent an answer that is not one."),
    "status": _("The site answered with the error %(detail)s."),
}


def sentence(word: str) -> str:
    """In: `NotFetched.word` as it was kept. Out: what people read, in the language of now."""
    why, _colon, detail = word.partition(":")
    return str(SENTENCES.get(why, SENTENCES["broken"])) % {"detail": detail}


class NotFetched(Exception):
    """Nothing was taken over. `why` is one key of SENTENCES; `word` adds the site's own number, when it gave one."""

    def __init__(self, why: str, detail: str = "") -> None:
        super().__init__(why, detail)
        self.why, self.word = why, f"{why}:{detail}" if detail else why

    def __str__(self) -> str:
        return sentence(self.word)
