"""What each room plants, in the order in which rows lean on each other."""

from trellis.doors.operations.tests.planting_of import advice, aftercare, arriving, diagnoses, history, leaving

MORE = (history, diagnoses, arriving, leaving, aftercare, advice)
