"""The notice of privacy practices: its words, its versions, and who has read it (45 CFR 164.520, 42 CFR 2.22)."""
