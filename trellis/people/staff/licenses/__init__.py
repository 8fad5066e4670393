"""What somebody may sign: it follows from a license or registration and its days, never from a role."""
