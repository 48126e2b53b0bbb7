"""Generators of the pages and pictures in `docs/` that restate facts of the code."""
