"""Factors between units: the one home of these numbers, for the board, the laptop, the simulator and the tests.

The build for the board (`host_tools/flash/fold.py`) replaces the names by their numbers, so the board stores neither.
"""

# Parts of one whole.
PERCENT = 100
PERMILLE = 1000

# Prefixes, where a value's own unit is the one: `supply_mv / MILLI` is in V, `skin_centi_c / CENTI` in °C.
DECI = 10
CENTI = 100
MILLI = 1000
MICRO = 1_000_000

# A slope that is a small number is given for a thousand: `us_per_kilo`.
KILO = 1000

UM_PER_MM = 1000
MM_PER_CM = 10
UM_PER_M = 1_000_000

CN_PER_N = 100
MN_PER_CN = 10
MN_PER_N = 1000

MV_PER_V = 1000
MA_PER_A = 1000

HZ_PER_KHZ = 1000
HZ_PER_MHZ = 1_000_000

NS_PER_US = 1000
NS_PER_MS = 1_000_000
NS_PER_S = 1_000_000_000
US_PER_MS = 1000
US_PER_S = 1_000_000
MS_PER_S = 1000
S_PER_MINUTE = 60
