"""Two records that may be one person's: the second was made by somebody to whom the first is closed.

Whoever admits sees and is asked what a stranger's admission shows and asks, in the same number of statements. That the
person was here before is found afterwards, as a question, by those who may see both records.
"""
