"""Pages of entry: worries and their triage, questions without a name, registrations, and who refers."""
