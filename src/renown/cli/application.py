"""Puts the verbs together, and turns what goes wrong into one line and an exit code."""

import sys
from io import TextIOWrapper
from typing import Any

import typer
from typer.core import TyperGroup

from renown.cli import (
    compare,
    demo,
    doctor,
    emulate,
    import_files,
    lookup,
    provider,
    rank,
    recipe,
    reference,
    schema,
    serve,
    verify,
    voice,
    why,
)
from renown.cli.terminal import complain
from renown.errors import RenownError


class _Verbs(TyperGroup):
    """Whatever a user can meet is one line on stderr and the exit code 1, never a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Runs the verb."""
        try:
            return super().invoke(ctx)
        except RenownError as error:
            complain(error)
            raise typer.Exit(1) from None


def _examples(*lines: str) -> str:
    return "\n\n".join(("Examples:", *lines))


app = typer.Typer(
    name="renown",
    cls=_Verbs,
    help="Who leads a conversation, according to whom? Ranks voices by several influence scores, and walks every "
    "value back to its source.",
    epilog=_examples("renown demo", "renown rank 'top UK automotive voices'", "renown voice PirelliUK"),
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,  # they may hold a provider's key
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("demo", epilog=_examples(*demo.EXAMPLES))(demo.demo)
app.command("serve", epilog=_examples(*serve.EXAMPLES))(serve.serve)
app.command("rank", epilog=_examples(*rank.EXAMPLES))(rank.rank)
app.command("voice", epilog=_examples(*voice.EXAMPLES))(voice.voice)
app.command("lookup", epilog=_examples(*lookup.EXAMPLES))(lookup.lookup)
app.command("compare", epilog=_examples(*compare.EXAMPLES))(compare.compare)
app.command("why", epilog=_examples(*why.EXAMPLES))(why.why)
app.command("verify", epilog=_examples(*verify.EXAMPLES))(verify.verify)
app.command("import", epilog=_examples(*import_files.EXAMPLES))(import_files.import_files)
app.command("emulate", epilog=_examples(*emulate.EXAMPLES))(emulate.emulate)
app.command("schema", epilog=_examples(*schema.EXAMPLES))(schema.schema)
app.add_typer(provider.app, name="provider")
app.add_typer(recipe.app, name="recipe")
app.add_typer(reference.app, name="reference")
app.command("doctor", epilog=_examples(*doctor.EXAMPLES))(doctor.doctor)


def main() -> None:
    """The entry point."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A name that the terminal's encoding does not have is no reason to fail.
            stream.reconfigure(errors="backslashreplace")
    app()
