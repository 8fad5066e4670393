"""What is easily guessed is refused in words that help; what people can remember is not."""

import pytest
from django.contrib.auth.password_validation import get_default_password_validators, validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import override

from trellis.foundation.program.tests.factories import load_pomona
from trellis.people.accounts.models import Account
from trellis.people.accounts.passwords import NotEasilyGuessed
from trellis.people.accounts.tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "password",
    ["passwordpassword", "123456789012", "qwertyuiop12", "trellistrellis", "serenity2026", "SoberSober123",
     "pomonapomona", "Pomona Pomona 1", "1q2w3e4r5t6y", "iloveyouiloveyou", "blue.river7 blue"],
)  # fmt: skip
def test_common_repeated_and_our_own_words_are_refused(password):
    load_pomona()
    with pytest.raises(ValidationError, match=r"easy to guess|too common|too similar"):
        validate_password(password, Account(username="blue.river7", chosen_name="Marisol"))


@pytest.mark.parametrize(
    "password", [PASSWORD, "under the apricot tree", "tres gatos en la azotea", "Jd7#kq9!xPz2", f"{PASSWORD} " * 20]
)
def test_words_in_a_row_and_long_ones_are_taken(password):
    validate_password(password, Account(username="blue.river7"))


def test_without_a_program_and_without_a_person_it_judges_all_the_same():
    NotEasilyGuessed().validate(PASSWORD)
    with pytest.raises(ValidationError):
        NotEasilyGuessed().validate("passwordpassword")


def test_it_says_what_to_do_in_both_languages():
    judge = next(one for one in get_default_password_validators() if isinstance(one, NotEasilyGuessed))
    assert "three or four words" in judge.get_help_text()
    with override("es"), pytest.raises(ValidationError, match="tres o cuatro palabras"):
        judge.validate("passwordpassword")
