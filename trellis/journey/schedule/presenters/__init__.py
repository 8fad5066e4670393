"""What the pages of the week print."""
