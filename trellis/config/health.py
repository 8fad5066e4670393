from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from trellis.foundation.access.pages import public
from trellis.foundation.record import triggers


@public("a probe asks whether the process runs")
def live(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"ok": True})


@public("a probe asks whether the database answers and holds its guards")
def ready(request: HttpRequest) -> HttpResponse:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM django_migrations")
        whole = not triggers.missing(connection)
    except DatabaseError:
        whole = False
    return JsonResponse({"ok": whole}, status=200 if whole else 503)
