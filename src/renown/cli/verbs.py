"""The table of verbs. A verb's module is imported only when the verb is called, so that help comes at once."""

from importlib import import_module

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command, get_group

from renown.cli.help_texts import examples


class Verb(TyperCommand):
    """A verb as `renown --help` and the shell's completion list it: its name and its line. What runs is what it loads.

    `at` is a module of this folder, and in it a function or the `typer.Typer` of several. `line` is the first paragraph
    of that one's help; a test holds the two equal.
    """

    def __init__(self, name: str, at: str, line: str) -> None:
        super().__init__(name, help=line)
        self._module, _, self._attribute = at.partition(":")

    def load(self) -> TyperCommand | TyperGroup:
        """The command itself, with its options and examples."""
        module = import_module(f"renown.cli.{self._module}")
        verb = getattr(module, self._attribute)
        if isinstance(verb, typer.Typer):
            loaded = get_group(verb)
            loaded.name = self.name
            return loaded
        alone = typer.Typer(add_completion=False, rich_markup_mode=None)
        alone.command(self.name, epilog=examples(*module.EXAMPLES))(verb)
        loaded = get_command(alone)
        assert isinstance(loaded, TyperCommand)  # noqa: S101 - a group is made of several functions only
        return loaded


VERBS = (
    Verb(
        "demo",
        "demo:demo",
        "Load the demo's figures into a database of its own, print a ranking, and serve it until Ctrl-C.",
    ),
    Verb("serve", "serve:serve", "Serve GraphQL, and GraphiQL to try it with, until Ctrl-C."),
    Verb("rank", "rank:rank", "Rank voices. No provider is asked: it reads what is held."),
    Verb(
        "voice",
        "voice:voice",
        "Show all that is held on one voice, after asking the live providers for whatever is not fresh.",
    ),
    Verb(
        "lookup",
        "lookup:lookup",
        "Look many voices up at every live provider. Interrupted, the same command goes on where it stopped.",
    ),
    Verb(
        "compare", "compare:compare", "Compare two to five voices. Live providers are asked for whatever is not fresh."
    ),
    Verb(
        "why",
        "why:why",
        "Say why a voice moved: by its own scores, the others', who came or went, methods, recipe, age.",
    ),
    Verb(
        "verify",
        "verify:verify",
        "Compute a ranking again from its lock file alone: no database and no network. Exits with 0 if it is the SAME, "
        "with 3 if the file is ALTERED, with 4 if it is CHANGED, with 5 if it is INCOMPLETE.",
    ),
    Verb(
        "import",
        "import_files:import_files",
        "Import figures, declarations, vouches. A refused row keeps everything out, "
        "unless the good rows are asked for.",
    ),
    Verb(
        "emulate",
        "emulate:emulate",
        "Answer as a closed provider did, until Ctrl-C: for tests, and to try the gateway against.",
    ),
    Verb("schema", "schema:schema", "Print the GraphQL schema (SDL)."),
    Verb(
        "doctor",
        "doctor:doctor",
        "Check Python, settings, store, cache and providers. Exits with 1 if something is broken.",
    ),
    Verb("provider", "provider:app", "Grade providers; check and try one that is described by a TOML file."),
    Verb("recipe", "recipe:app", "Keep recipes under names, compare them, and see whom another one would move."),
    Verb(
        "reference",
        "reference:app",
        "Build and look at the frozen reference: what scores are compared with, and how far each is believed.",
    ),
    Verb(
        "engine",
        "engine:app",
        "Renown's own engine: read interactions, score the directory's voices by them, or try it on a file.",
    ),
)
