"""Messages that did not go out: why, and who sees to it that people hear from us in another way."""
