"""What a team made of numbers that stay harder than usual: likely causes, what it does, and by when."""
