"""How far a machine's parts are from their nominal figures; `sim/plant/parts.py` draws them."""

GRADES = ("ideal", "typical", "worst")
IDEAL, TYPICAL, WORST = GRADES
