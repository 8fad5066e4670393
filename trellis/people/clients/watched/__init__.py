"""A record that draws the curious: of somebody known in town, or of somebody who works here or is close to them.

Whoever opens a page of it and is not its care team says first why, in one tap; those who guard privacy read that by the
next working day. Nothing marks it in any list: who is watched is nobody else's to know.
"""
