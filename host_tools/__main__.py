"""Run the `instep` command as `python -m host_tools`."""

from host_tools.cli import main

if __name__ == "__main__":
    main()
