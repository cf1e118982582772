"""The rules of iJw 3.2, one small function each; which there are and what they lead to stands in `rules.toml`."""

from rondom.messages.ijw32.rules import claims, conditions, constraints, deliveries, inside, outside, requests, volumes

MODULES = (conditions, constraints, inside, deliveries, requests, claims, volumes, outside)
