"""Pages of the plan: read and make it, write down what is told, screen, sign and file it."""

from rondom.plans.views import board, family, plan, signing  # noqa: F401 - the addresses name them
