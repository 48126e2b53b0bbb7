"""Faults of the memory."""

from sim.faults.fault import MACHINE, SAFE, Fault, Value

ENTRIES = (
    Fault(
        name="memory_bit_flips",
        effect="memory.FlippedBit",
        scope=MACHINE,
        danger="a bit of limits, latch or calibration flips",
        budget_ms=10,
        reaction=SAFE,
        expects=("memory_damaged",),
        example="memory_bit_flips@sole,value=1500",
        value=Value("number of the bit; -1 = drawn from the time", -1, 6_175, -1),
    ),
)
