"""After the end of a stay: the plan that a client keeps, how we stay in touch, and the way back."""
