"""Rondom."""
