"""Samples for the heat monitors."""

MILD = 3_000
