"""Who may decide which care is next, end a stay, write the letters about it, and stay in touch afterwards."""
