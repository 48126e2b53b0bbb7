"""Replace a module of tables by the integers and strings that it defines, so that a board does not keep the tables."""

import importlib


def literals(module: str) -> str:
    """Return a source that assigns the public integers and strings of `module`, as literals."""
    values = vars(importlib.import_module(module)).items()
    kept = {name: value for name, value in values if not name.startswith("_") and isinstance(value, int | str)}
    return "".join(f"{name} = {value!r}\n" for name, value in kept.items())
