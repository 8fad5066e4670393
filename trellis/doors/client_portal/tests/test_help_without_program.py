import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_help_now_works_before_any_program_is_loaded(client):
    response = client.get(reverse("my:help"))
    assert response.status_code == 200
    assert "988" in response.content.decode()
