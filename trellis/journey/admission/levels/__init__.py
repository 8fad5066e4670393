"""Which level of care somebody needs now: the program's own rules, judged on ratings and facts."""
