from trellis.foundation.access.policy import ANY, SYSTEM, register

register("keys.rotate", {SYSTEM: ANY})
register("keys.reseal", {SYSTEM: ANY})
register("keys.drop", {SYSTEM: ANY})
