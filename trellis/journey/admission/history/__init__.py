"""One bank of answers about a person, asked once: who said what when, and what other places already know."""
