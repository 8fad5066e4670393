"""What a person sees when something goes wrong, in both languages, without a database."""

import errno
import sqlite3

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import DatabaseError, connection
from django.db.utils import OperationalError
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.utils.translation import override

from trellis.config import errors, health
from trellis.config.middleware import StorageFull


@pytest.fixture
def request_():
    request = RequestFactory().get("/desk/")
    request.request_id = "abc123"
    return request


PAGES = [
    (400, lambda r: errors.bad_request(r, BadRequest("x"))),
    (403, lambda r: errors.forbidden(r, PermissionDenied("Your role does not include this."))),
    (403, errors.csrf),
    (404, lambda r: errors.not_found(r, Http404())),
    (429, errors.too_many),
    (500, errors.fault),
    (507, errors.storage_full),
]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(("status", "page"), PAGES)
def test_each_fault_has_a_page_that_says_what_to_do_and_whom_to_call(request_, status, page, language):
    with override(language):
        response = page(request_)
    words = response.content.decode()
    assert response.status_code == status
    assert f'<html lang="{language}"' in words
    assert words.count("<h1") == 1
    assert "988" in words
    assert "911" in words


def test_a_refusal_shows_its_sentence_and_a_fault_its_number(request_):
    assert "Your role does not include this." in PAGES[1][1](request_).content.decode()
    assert "abc123" in errors.fault(request_).content.decode()


@pytest.mark.parametrize("code", ["SQLITE_FULL", "SQLITE_IOERR_WRITE"])
def test_a_full_disk_is_said_plainly(request_, code):
    cause = sqlite3.OperationalError("database or disk is full")
    cause.sqlite_errorname = code
    fault = OperationalError("full")
    fault.__cause__ = cause
    layer = StorageFull(lambda request: HttpResponse("ok"))
    assert layer(request_).content == b"ok"
    assert layer.process_exception(request_, fault).status_code == 507


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS])
def test_a_disk_that_is_full_of_papers_is_said_plainly_too(request_, number):
    layer = StorageFull(lambda request: HttpResponse("ok"))
    assert layer.process_exception(request_, OSError(number, "full")).status_code == 507
    assert layer.process_exception(request_, OSError(errno.ECONNRESET, "gone")) is None


def test_other_faults_of_the_database_are_not_called_a_full_disk(request_):
    layer = StorageFull(lambda request: HttpResponse("ok"))
    assert layer.process_exception(request_, DatabaseError("other")) is None
    assert layer.process_exception(request_, ValueError("other")) is None


@pytest.mark.django_db
def test_the_probes_answer_without_a_sign_in(client):
    assert client.get("/health/live").json() == {"ok": True}
    assert client.get("/health/ready").json() == {"ok": True}


@pytest.mark.django_db
def test_a_database_without_its_guards_is_not_ready(client, monkeypatch):
    monkeypatch.setattr(health.triggers, "missing", lambda connection: ["append-only: audit_auditevent"])
    response = client.get("/health/ready")
    assert (response.status_code, response.json()) == (503, {"ok": False})


@pytest.mark.django_db
def test_a_database_that_does_not_answer_is_not_ready(client, monkeypatch):
    def refuse(*args, **kwargs):
        raise DatabaseError("gone")

    monkeypatch.setattr(connection, "cursor", refuse)
    assert client.get("/health/ready").status_code == 503


@pytest.mark.django_db
def test_every_answer_carries_the_headers(client):
    for path in ("/", "/es/", "/desk/", "/nothing-here/", "/health/live"):
        response = client.get(path)
        assert "default-src 'none'" in response["Content-Security-Policy"]
        assert response["Permissions-Policy"].startswith("camera=()")
        assert response["Cross-Origin-Resource-Policy"] == "same-origin"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Referrer-Policy"] == "same-origin"


@pytest.mark.django_db
def test_an_unknown_address_gets_the_page_for_it_in_spanish_too(client):
    assert "988" in client.get("/nothing-here/").content.decode()
    assert '<html lang="es"' in client.get("/es/nothing-here/").content.decode()
