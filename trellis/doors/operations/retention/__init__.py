"""How long what is kept, what must not go, and how it goes for good.

`retention.toml` says it for every field of every table; `terms` reads it, `rules` judge, `queries` ask what is due.
`walking` finds every row about somebody, `actions` delete them in one transaction, and `ledger` notes it outside the
database, so that a backup that is restored loses them again. It stands in this door because it names tables of every
room, and because a restore and the doctor, which stand here too, ask it.
"""
