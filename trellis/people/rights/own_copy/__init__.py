"""A client's own record, to take along: for people to read and for programs to read (45 CFR 164.524, 42 CFR 2.23)."""
