"""Write the generated pages of `docs/`, or with `--check` compare them with the files: `make docs` runs it."""

import click

from host_tools.docs.pages import out_of_date, write_all
from host_tools.errors import EXIT_FAILED


@click.command(help=__doc__)
@click.option("--check", is_flag=True, help="Write nothing; fail if a page differs from its source.")
def main(check: bool) -> None:
    """Write or compare every page."""
    pages = out_of_date()
    if check and pages:
        click.echo(f"Out of date: {', '.join(pages)}. Run `make docs`.", err=True)
        raise SystemExit(EXIT_FAILED)
    if not check:
        write_all(pages)
        click.echo(f"Wrote {', '.join(pages)}." if pages else "Every page is up to date.")


if __name__ == "__main__":
    main()
