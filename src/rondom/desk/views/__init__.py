"""The views of the desk: thin doors. Each asks the clock, makes one call inward, and answers."""
