"""What becomes of the rows of this room when a dossier is destroyed."""

from rondom.privacy.destruction import follows, stays

follows("api.SentConcern", "concern")
stays("api.ApiKey", "a key of an organisation: it names no family")
