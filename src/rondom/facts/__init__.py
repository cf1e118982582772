"""Facts: the schema of what is counted. No Django here."""
