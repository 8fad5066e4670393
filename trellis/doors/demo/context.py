"""What every page of a demo says: that it is one, and which time its clock keeps."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from trellis.foundation import clock
from trellis.ui.words import spoken_time


def banner(request: HttpRequest) -> dict[str, str]:
    if not settings.DEMO:
        return {}
    now = timezone.localtime(clock.now())
    time = f"{WEEKDAYS[now.weekday()]} {spoken_time(now.time())}"
    words = _("Demo, %(time)s on its own clock. Everybody is made up, nothing is sent.")
    return {"demo_banner": words % {"time": time}}
