"""Somebody from outside asks about a person, or tells us something: the words to say, and what is written down.

Nothing here looks anybody up. What was heard is on nobody's record until a clinician has read it and said whose it is.
"""
