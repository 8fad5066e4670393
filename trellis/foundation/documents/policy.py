from trellis.foundation.access.policy import ANY, EVERYBODY, register

# Asked for only by other actions, inside their own permission: whoever may do the act may keep its paper.
register("document.keep", {EVERYBODY: ANY})
