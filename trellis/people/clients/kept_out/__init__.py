"""Somebody who works here and does not see a client's record: "not my cousin".

Who that is stands in `KeptOut` rows, and, as plain subjects, on the account: so the policy table knows it with the
actor and asks nothing. Whoever is kept out finds the client in no list and opens no page about them; in a group that
they lead they sit with them all the same.
"""
