"""F1, the floor: a bare Django page with one query, 200 rows, one template and gzip. No middleware, no sleep.

Served by the same server as Trellis, from the same database.
"""

import os

import django
from django.conf import settings
from environs import Env

DATABASE = Env().dj_db_url("DATABASE_URL")
DATABASE["CONN_MAX_AGE"] = None
if "sqlite" in DATABASE["ENGINE"]:
    DATABASE["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cache_size=-16000;",
    }
PAGE = """<!doctype html><title>Floor</title><table>{% for row in rows %}
<tr><td>{{ row.public_id }}<td>{{ row.chosen_name }}<td>{{ row.pronouns }}<td>{{ row.language }}
{% endfor %}</table>"""
LOADERS = [("django.template.loaders.locmem.Loader", {"floor.html": PAGE})]

settings.configure(
    SECRET_KEY=os.environ.get("SECRET_KEY", "floor"),
    ALLOWED_HOSTS=["127.0.0.1", "localhost"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[],
    DATABASES={"default": DATABASE},
    USE_TZ=True,
    TEMPLATES=[
        {"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": {"loaders": LOADERS}},
    ],
)
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import models  # noqa: E402
from django.shortcuts import render  # noqa: E402
from django.urls import path  # noqa: E402
from django.views.decorators.gzip import gzip_page  # noqa: E402


class Row(models.Model):
    public_id = models.CharField(max_length=16)
    chosen_name = models.CharField(max_length=80)
    pronouns = models.CharField(max_length=40)
    language = models.CharField(max_length=2)

    class Meta:
        app_label, managed, db_table = "floor", False, "clients_client"


@gzip_page
def floor(request):
    return render(request, "floor.html", {"rows": Row.objects.order_by("id")[:200]})


urlpatterns = [path("", floor)]
application = get_wsgi_application()
