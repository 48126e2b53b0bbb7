"""Render a template as one HTML file that needs nothing but itself, in light, in dark and on paper.

Templates and style sheets stand beside the code that uses them; every value is escaped unless it is `Markup`.
"""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from host_tools.html.palette import css_variables

_ROOT = Path(__file__).parents[2]
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def render(template: str, filters: Mapping[str, Callable[..., str]] = MappingProxyType({}), **values: Any) -> str:
    """Return the page of a template, such as `sim/report/report.html.jinja`; the same values give the same text.

    `filters` are functions that the template may call by name.
    """
    environment = _environment()
    environment.filters.update(filters)
    return environment.get_template(template).render(**values)


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_ROOT),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["style_sheet"] = _style_sheet
    return environment


def _style_sheet(path: str) -> Markup:
    """Return a style sheet without its comments, with the palette in it."""
    rules = _COMMENT.sub("", (_ROOT / path).read_text(encoding="utf-8"))
    return Markup(rules.replace("LIGHT", css_variables(dark=False)).replace("DARK", css_variables(dark=True)).strip())
