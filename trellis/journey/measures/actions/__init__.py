"""What can be done with the instruments; the only writers of this room."""

from trellis.journey.measures.actions.asking import answer, begin, finish, save

__all__ = ["answer", "begin", "finish", "save"]
