"""`renown verify`: whether a lock file comes out the same when it is computed again.

| exit code | verdict | what it means |
|---|---|---|
| 0 | SAME | computed again it comes out byte for byte |
| 1 | | it cannot be verified: no such file, no lock file, no such snapshot in the store |
| 2 | | the command is typed wrongly |
| 3 | ALTERED | it contradicts itself: a value, place or anything else was changed after it was made |
| 4 | CHANGED | the store makes another ranking of it now, or this version of the program does |
| 5 | INCOMPLETE | the store no longer holds all the claims it was made of |
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from renown.cli import wording
from renown.cli.claims_json import print_json
from renown.cli.opening import run, settings_with
from renown.cli.options import DatabaseOption, Format
from renown.cli.terminal import note, say
from renown.errors import BadRequest

if TYPE_CHECKING:
    from renown.gateway import Gateway
    from renown.gateway.lock_file import Hole
    from renown.gateway.verifying import Verified

EXAMPLES = ("renown verify tyres.lock.json", "renown verify tyres.lock.json --db demo.db")

_SHOWN = 10
_CODES = {"SAME": 0, "ALTERED": 3, "CHANGED": 4, "INCOMPLETE": 5}
_MEANINGS = {
    "SAME": "computed again, it comes out byte for byte",
    "ALTERED": "it was changed after it was made: it contradicts itself",
    "CHANGED": "computed again, it comes out otherwise",
    "INCOMPLETE": "not all the claims it was made of are held any more",
}


def verify(
    lockfile: Annotated[Path, typer.Argument(metavar="LOCKFILE", help="A lock file of a ranking.")],
    here: Annotated[
        bool, typer.Option("--here", help="Also compare it with what the database holds now; --db says the same.")
    ] = False,
    output: Annotated[Format, typer.Option("--format", help="Text to read, or JSON with all there is.")] = Format.TABLE,
    database: DatabaseOption = None,
) -> None:
    """Compute a ranking again from its lock file alone: no database and no network. Exits with 0 if it is the SAME,
    with 3 if the file is ALTERED, with 4 if it is CHANGED, with 5 if it is INCOMPLETE.
    """
    from renown.gateway.verifying import verify as verify_alone
    from renown.gateway.verifying import verify_here

    if output is Format.CSV:
        raise BadRequest("A verdict is written as no CSV.", "Use --format table or json.")
    content = _read(lockfile)

    async def compared(gateway: "Gateway") -> "Verified":
        return await verify_here(gateway, content)

    beside = here or database is not None
    verified = run(settings_with(database), compared) if beside else verify_alone(content)
    if output is Format.JSON:
        print_json(_json(verified))
    else:
        _print(verified)
    raise typer.Exit(_CODES[verified.verdict])


def write_lock(file: Path, content: bytes, digest: str) -> None:
    """Writes a lock file, and says on stderr where and with which digest.

    Raises:
        BadRequest: it cannot be written.
    """
    try:
        file.write_bytes(content)
    except OSError as error:
        raise BadRequest(f"{file} cannot be written: {error.strerror}.", "Check the folder.") from None
    note(f"The lock file is {file}, sha256 {digest}.")


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise BadRequest(f"{file} cannot be read: {error.strerror}.", "Give the path of a lock file.") from None


def _print(verified: "Verified") -> None:
    file = verified.file
    gone = f" ({wording.count(len(verified.holes), 'hole')})" if verified.holes else ""
    say(f"{verified.verdict}{gone}: {_MEANINGS[verified.verdict]}.")
    say(
        f"{wording.count(len(file.entries), 'place')} of {wording.count(len(file.candidates), 'candidate')}, snapshot "
        f"{file.snapshot}, recipe {file.recipe_hash[:16]}, made by Renown {file.renown}. sha256 {file.digest}."
    )
    if verified.laid_out:
        say("The file was laid out anew: what it holds is the same, its bytes are not. The digest is of those it had.")
    if file.holes:
        say(f"It was made with {wording.count(len(file.holes), 'hole')}: {_first(file.holes)}")
    for line in verified.findings[:_SHOWN]:
        say(f"  {line}")
    if len(verified.findings) > _SHOWN:
        say(f"  ... and {len(verified.findings) - _SHOWN} more differences; --format json has all.")
    if verified.holes:
        say(f"Gone: {_first(verified.holes)}")


def _first(holes: "tuple[Hole, ...]") -> str:
    said = [f"{hole.provider} of {hole.voice} ({hole.reason}: {hole.message})" for hole in holes[:_SHOWN]]
    more = f"; and {len(holes) - _SHOWN} more" if len(holes) > _SHOWN else ""
    return f"{'; '.join(said)}{more}."


def _json(verified: "Verified") -> dict[str, Any]:
    from msgspec import to_builtins

    return {
        "verdict": verified.verdict.value,
        "digest": verified.file.digest,
        "laidOut": verified.laid_out,
        "findings": list(verified.findings),
        "holes": to_builtins(verified.holes),
        "madeWithHoles": to_builtins(verified.file.holes),
    }
