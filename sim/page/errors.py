"""The error that stops the build of the page."""

import ast

from host_tools.errors import InstepError


class PageBuildError(InstepError):
    """The page cannot be built; the text names file and line where there is one."""


def untranslatable(path: str, node: ast.AST, first_line: int, why: str) -> PageBuildError:
    """Return the error for a syntax node that cannot become JavaScript; `first_line` is the source's first line."""
    line = first_line + getattr(node, "lineno", 1) - 1
    shown = ast.unparse(node).split("\n")[0]
    return PageBuildError(
        f"{path}:{line}: {why}: {shown}",
        "Write it with what sim/page/translate.py knows, or teach it this expression.",
    )
