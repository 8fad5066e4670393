"""Finders for what is known of a person."""

from tests.walk.finders import finder
from tests.walk.houses import House


@finder
def section_of_history(house: House) -> str:
    return "withdrawal"


@finder
def substance_of_history(house: House) -> str:
    return "alcohol"
