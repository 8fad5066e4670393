"""Openings of records that stand out and that somebody should ask about. None of them is a finding against anybody."""
