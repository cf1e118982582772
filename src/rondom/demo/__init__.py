"""Demo: the invented cast and region, one-click sign-in, a stand-in for DigiD. Only in a demonstration installation.

All persons are invented; BSNs come from the range set apart for tests.
"""
