"""Pages of decisions: the desk, the tab of a family, applications, decisions, signing, letters and mandates."""
