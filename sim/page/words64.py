"""64-bit words in JavaScript: each is a pair of unsigned 32-bit halves, because its numbers hold 53 bits."""

import ast

_HALF_BITS = 32
_BITS = 64
OPERATORS = {ast.BitXor: "^", ast.BitOr: "|", ast.BitAnd: "&"}


def shifted(name: str, operator: ast.operator, bits: int) -> tuple[str, str] | None:
    """Return the low and the high half of the word `name` shifted by 0..63 bits; None for another operator."""
    if not 0 <= bits < _BITS:
        return None
    low, high = f"{name}$low", f"{name}$high"
    if isinstance(operator, ast.LShift):
        return _left(low, high, bits)
    if isinstance(operator, ast.RShift):
        # A right shift is a left shift with the halves exchanged and the directions reversed.
        return _right(low, high, bits)
    return None


def _left(low: str, high: str, bits: int) -> tuple[str, str]:
    if bits >= _HALF_BITS:
        return "0", f"(({low} << {bits - _HALF_BITS}) >>> 0)"
    if bits == 0:
        return low, high
    return f"(({low} << {bits}) >>> 0)", f"((({high} << {bits}) | ({low} >>> {_HALF_BITS - bits})) >>> 0)"


def _right(low: str, high: str, bits: int) -> tuple[str, str]:
    if bits >= _HALF_BITS:
        return f"({high} >>> {bits - _HALF_BITS})", "0"
    if bits == 0:
        return low, high
    return f"((({low} >>> {bits}) | ({high} << {_HALF_BITS - bits})) >>> 0)", f"({high} >>> {bits})"


def number(low: str, high: str) -> str:
    """Return the JavaScript number of a word: rounded once, as Python's float() does it."""
    return low if high == "0" else f"({high} * 4294967296 + {low})"
