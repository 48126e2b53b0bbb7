"""What the laptop knows of a machine's mechanics: its figures and what the firmware must know of them."""
