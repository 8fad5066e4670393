"""The outbox. A room registers its kinds of message (`kinds.register_kind`) and asks for one with `actions.queue`."""
