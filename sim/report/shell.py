"""The HTML around every page: one file that needs nothing but itself, in light, in dark and on paper."""

from html import escape
from pathlib import Path

from sim.report.style import css_variables

_CSP = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_BASE = Path(__file__).with_name("base.css")


def html_page(title: str, style: Path, sections: list[str], footer: str) -> str:
    """Return a page of `sections` (HTML); `title` and `footer` are plain text, `style` holds the page's own rules."""
    body = "\n".join(sections)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_CSP}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)} · Instep</title>\n<style>{_css(_BASE)}\n{_css(style)}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n<footer>{escape(footer)}</footer>\n</main>\n</body>\n</html>\n"
    )


def _css(style: Path) -> str:
    """Return a style sheet without its first comment, with the palette in it."""
    rules = style.read_text(encoding="utf-8").split("*/", 1)[1]
    return rules.replace("LIGHT", css_variables(dark=False)).replace("DARK", css_variables(dark=True)).strip()
