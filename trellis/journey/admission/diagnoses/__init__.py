"""What somebody is diagnosed with: a rule suggests, a counselor may propose, whoever is licensed decides and signs."""
