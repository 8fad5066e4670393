"""Config mounts doors; doors mount the pages of rooms. Spanish stands under /es/."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from trellis.config import errors, health
from trellis.foundation.access.pages import public
from trellis.ui.pages.gallery import gallery

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler429 = errors.too_many  # asked for by allauth, for its limits
handler500 = errors.fault

urlpatterns = [
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    *i18n_patterns(
        path("", include("trellis.doors.public_site.urls")),
        path("accounts/", include("trellis.people.accounts.urls")),
        path("desk/", include("trellis.doors.staff_desk.urls")),
        path("desk/", include("trellis.doors.operations.urls")),
        path("my/", include("trellis.doors.client_portal.urls")),
        path("desk/", include("trellis.doors.reports.urls")),
        path("family/", include("trellis.doors.family.urls")),
        path("look/", public("the look, without anybody's data")(gallery), name="gallery"),
        *([path("demo/", include("trellis.doors.demo.urls"))] if settings.DEMO else []),
        prefix_default_language=False,
    ),
]
