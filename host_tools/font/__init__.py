"""Make the display's font: `glyphs.txt` is drawn by hand, `make.py` turns it into the firmware's table."""
