"""How far a machine's parts are from their nominal figures; `parts.py` draws them."""

GRADES = ("ideal", "typical", "worst")
IDEAL, TYPICAL, WORST = GRADES
