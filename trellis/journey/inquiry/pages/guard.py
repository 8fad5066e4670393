"""What keeps the public form honest without a cookie: where a sending comes from."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def came_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that this site's own page sent the form.

    A browser that says nothing at all is believed: the stamp and the limits still hold, and no sign-in is at stake.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    return origin in settings.CSRF_TRUSTED_ORIGINS or urlsplit(origin).netloc == request.get_host()
