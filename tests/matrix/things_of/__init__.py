"""What each room plants for the matrix, in the order in which rows lean on each other."""

from tests.matrix.things_of import advice, aftercare, arriving, diagnoses, history, leaving, reports, tablet

MORE = (history, diagnoses, arriving, leaving, aftercare, advice, tablet, reports)
