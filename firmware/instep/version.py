"""The version of Instep: of the firmware on a board and of the command on a laptop, and nowhere else."""

VERSION = "0.1.0"
