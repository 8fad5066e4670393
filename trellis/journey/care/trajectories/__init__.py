"""How somebody fares: one measure over time, with the sessions they came to underneath."""
