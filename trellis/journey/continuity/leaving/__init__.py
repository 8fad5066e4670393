"""The end of a stay, the next place, the summary, and letters about it. One way to end a stay: `actions.discharge`."""
