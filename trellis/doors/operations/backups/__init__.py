"""Encrypted backups of database and documents, and the way back.

`making` writes one file, `reading` opens it, `proving` restores it where nobody works and looks whether all is there,
`restoring` puts it in place, `pruning` lets the oldest go. A file is a line that says what it is, and behind it an age
file that holds a gzipped tar: the database, the documents, and a manifest that says what must be found again.
"""
