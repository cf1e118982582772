"""The verbs of `./dev`, for people who work on Rondom. Not part of the installed package."""
