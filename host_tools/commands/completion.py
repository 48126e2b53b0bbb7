"""`instep completion`: the script that lets a shell complete what is typed."""

import click
from click.shell_completion import get_completion_class

_SHELLS = ("bash", "fish", "zsh")
_VARIABLE = "_INSTEP_COMPLETE"


_HELP = """Print the script that lets SHELL complete commands, options, programs, people, boards and faults.

\b
bash: instep completion bash > ~/.local/share/bash-completion/completions/instep
zsh:  instep completion zsh > ~/.zfunc/_instep      (a folder of your $fpath)
fish: instep completion fish > ~/.config/fish/completions/instep.fish
"""


@click.command(help=_HELP)
@click.argument("shell", type=click.Choice(_SHELLS))
def completion(shell: str) -> None:
    """Print the completion script of a shell."""
    kind = get_completion_class(shell)
    assert kind is not None, "click knows the shells of _SHELLS"
    instep = click.get_current_context().find_root().command
    click.echo(kind(instep, {}, "instep", _VARIABLE).source())
