"""Code for the page's MicroPython: it replaces what only a laptop has."""
