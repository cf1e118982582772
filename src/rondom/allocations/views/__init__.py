"""Pages of help: of a family, of the back office, what changes, who waits, and what ends soon."""
