"""What a board gets is complete: no module asks for one that is not installed."""

import ast

from host_tools.flash.modules import board_modules


def test_every_module_that_a_board_imports_is_installed():
    sources = board_modules().sources
    missing = [
        f"{name}, line {node.lineno}: {node.module}"
        for name, source in sources.items()
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("instep") and node.module not in sources
    ]
    assert not missing
