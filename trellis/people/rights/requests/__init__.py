"""What clients ask of us under the law, by when it is answered, and what was said."""
