"""`renown provider`: checks a file that describes a provider, and tries it, before the settings name it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from renown.cli.claims_json import absence_json, claim_json, print_json
from renown.cli.help_texts import group_of_verbs
from renown.cli.opening import settings_with
from renown.cli.options import Format
from renown.cli.provider_report import report
from renown.cli.provider_table import print_answer, print_declaration
from renown.cli.terminal import note
from renown.errors import BadRequest, CannotServe, ProviderFailure

if TYPE_CHECKING:
    from renown.claims import Account
    from renown.providers import Answer
    from renown.providers.described import Described
    from renown.settings import Settings

app = group_of_verbs("Grade providers; check and try one that is described by a TOML file.")

app.command(epilog="Example: renown provider report klout")(report)

_FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="The TOML file that describes the provider.")]


@app.command(epilog="Example: renown provider check acme.toml")
def check(file: _FileArgument) -> None:
    """Say what is wrong with a description, by line and key, or what it declares. Exits with 1 if it is wrong."""
    described = _described(file, settings_with(None))
    print_declaration(described)


@app.command("try", epilog="Example: renown provider try acme.toml PirelliUK")
def try_(
    file: _FileArgument,
    handle: Annotated[str, typer.Argument(help="Whom to ask about.")],
    network: Annotated[str, typer.Option("--network", help="The network. Default: the provider's first.")] = "",
    reply: Annotated[
        Path | None, typer.Option("--reply", metavar="FILE", help="Read this saved reply and ask nobody.")
    ] = None,
    output: Annotated[Format, typer.Option("--format", help="A table to read, or JSON.")] = Format.TABLE,
) -> None:
    """Ask about one account and show the claims that would be made. Nothing is kept. Exits with 1 if there is none."""
    from renown.claims import Account

    if output is Format.CSV:
        raise BadRequest("What is tried is not written as CSV.", "Use --format table or json.")
    settings = settings_with(None)
    described = _described(file, settings)
    account = Account(network or described.declaration.networks[0], handle)
    _ = account.key  # a handle that is none is refused before anybody is asked
    answer = _asked(described, account, settings) if reply is None else _read(described, account, reply)
    if output is Format.JSON:
        now = datetime.now(UTC)
        claims, absences = [claim_json(claim, now) for claim in answer.claims], map(absence_json, answer.absences)
        print_json({"provider": described.declaration.slug, "claims": claims, "absences": list(absences)})
    else:
        print_answer(answer)
        note("Nothing was kept.")
    if not answer.claims:
        raise typer.Exit(1)


def _described(file: Path, settings: "Settings") -> "Described":
    from renown.providers.described import Described, read_description

    description = read_description(file)
    return Described(description, settings.provider(description.slug))


def _asked(described: "Described", account: "Account", settings: "Settings") -> "Answer":
    import asyncio
    import time

    from renown.cli.logs import log_to_stderr
    from renown.providers import ask
    from renown.providers.configured import missing_setting
    from renown.providers.transport import Transport

    missing = missing_setting(described, settings)
    if missing:
        raise CannotServe(
            f"{described.declaration.name} cannot be asked: it has no {missing[0]}.", f"Set {missing[1]}."
        )
    log_to_stderr(settings.log_format)

    async def asked() -> "Answer":
        transport = Transport(settings)
        deadline = time.monotonic() + settings.deadline_seconds
        try:
            return await ask(described, [account], {}, transport, deadline, lambda: datetime.now(UTC))
        finally:
            await transport.close()

    return asyncio.run(asked())


def _read(described: "Described", account: "Account", path: Path) -> "Answer":
    """What a saved reply says; its source is the file."""
    from renown.providers import Answer, Reply

    try:
        body = path.read_bytes()
    except OSError as trouble:
        raise BadRequest(f"{path} cannot be read: {trouble.strerror}.", "Check the path.") from None
    reply = Reply(status=200, headers={}, body=body, url=f"saved reply {path.name}", received_at=datetime.now(UTC))
    try:
        (request,) = described.requests([account], {account.key: account.id or account.handle})
        reading = described.read(request, reply)
    except ProviderFailure as failure:
        raise BadRequest(f"{path.name}: {failure.sentence}", failure.next_step) from None
    return Answer(claims=reading.claims, absences=reading.absences, calls=0)
