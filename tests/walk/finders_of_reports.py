"""A finder for the measures of the program."""

from tests.walk.finders import finder
from tests.walk.houses import House


@finder
def measure_of_program(house: House) -> str:
    return "stayed-30"
