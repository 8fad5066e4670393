class CouldNot(Exception):
    """One sentence that says what is wrong and, where there is something, what to do."""


class NoBackup(CouldNot):
    """Why a file is no backup that can be used: foreign, damaged, cut off, newer, or for another key."""
