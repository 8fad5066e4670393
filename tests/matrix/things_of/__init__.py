"""What each room plants for the matrix, in the order in which rows lean on each other."""

from tests.matrix.things_of import aftercare, arriving, diagnoses, history, leaving, reports

MORE = (history, diagnoses, arriving, leaving, aftercare, reports)
