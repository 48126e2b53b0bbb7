"""Lay two traces of sessions over each other and find where they differ."""
