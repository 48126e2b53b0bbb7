"""Turn the modules of `firmware/maintenance/` into scripts that a board runs without having them installed."""

import ast
import functools

from host_tools.data_folders import FIRMWARE

_PACKAGE = "maintenance"


class _Strip(ast.NodeTransformer):
    """Remove what a board does not need: docstrings, annotations, imports for type checkers."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        node.returns = None
        for argument in node.args.args:
            argument.annotation = None
        node.body = _without_docstring(node.body)
        self.generic_visit(node)
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.ClassDef:
        node.body = _without_docstring(node.body)
        self.generic_visit(node)
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST | None:
        return ast.Assign([node.target], node.value) if node.value else None

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.ImportFrom | None:
        return None if (node.module or "").startswith(_PACKAGE) else node

    def visit_If(self, node: ast.If) -> ast.AST | None:
        if isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            return None
        self.generic_visit(node)
        return node


def _without_docstring(body: list[ast.stmt]) -> list[ast.stmt]:
    first = body[0]
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return (body[1:] or [ast.Pass()]) if is_docstring else body


@functools.cache
def script(*modules: str) -> str:
    """Return the named modules of `firmware/maintenance/` as one script, each after the modules that it imports."""
    body: list[ast.stmt] = []
    for module in modules:
        tree = ast.parse((FIRMWARE / _PACKAGE / f"{module}.py").read_text(encoding="utf-8"))
        body += _without_docstring(tree.body)
    stripped = _Strip().visit(ast.Module(body, []))
    return ast.unparse(ast.fix_missing_locations(stripped)) + "\n"
