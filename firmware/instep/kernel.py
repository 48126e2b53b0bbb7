"""Names for kernels: integer functions over flat arrays that a board runs as machine code.

A kernel is a function with the decorator `micropython.viper`. MicroPython's compiler makes machine code of it for the
board's chip; CPython and the MicroPython in the browser run the same text as it stands. The rules for a kernel:

- Parameters are `ptr32` (an `array("i")` or a part of one), `ptr8` (bytes) or `int`; the result is an `int`. No
  object, no float. A kernel calls nothing but other kernels, in `int()`, which takes 10 us at 125 MHz.
- Each value and each intermediate result fits into 32 bits; its module says which product is the largest.
- No name is negated: MicroPython 1.28 changes the sign of a parameter itself. `0 - x` leaves `x` as it is.
- Places in an array have names, `const(...)` at the top of the module.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from array import array

    ptr8 = bytes
    ptr32 = array[int] | memoryview[int]
else:
    # The compiler of a board knows the names by itself; on CPython an annotation needs a value.
    ptr8 = ptr32 = None
