from trellis.foundation.access.policy import ANY, SYSTEM, register

register("demo.build", {SYSTEM: ANY})
