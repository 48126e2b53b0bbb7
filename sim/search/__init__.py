"""Search a stroke program that gives a wished dose: `instep search`."""
