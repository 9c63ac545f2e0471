"""`renown emulate`: Klout, Kred or PeerIndex as it was on the wire."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from renown.cli.options import HostOption
from renown.cli.serving import end_on_terminate, listen
from renown.cli.terminal import console
from renown.errors import BadRequest, CannotServe

if TYPE_CHECKING:
    from renown.emulators import Dataset

EXAMPLES = (
    "renown emulate klout",
    "renown emulate kred --port 9000 --data accounts.json",
    "renown emulate peerindex --fail hang",
)


class Emulated(StrEnum):
    """What can be emulated."""

    KLOUT = "klout"
    KRED = "kred"
    PEERINDEX = "peerindex"


class Failing(StrEnum):
    """How an emulator can be told to fail."""

    SERVER_ERROR = "500"
    HANG = "hang"
    HTML = "html"
    OVER_RATE = "over_rate"
    OVER_QPS = "over_qps"


_PORTS = {Emulated.KLOUT: 8101, Emulated.KRED: 8102, Emulated.PEERINDEX: 8103}


def emulate(
    provider: Annotated[Emulated, typer.Argument(help="Which provider.")],
    host: HostOption = "127.0.0.1",
    port: Annotated[
        int | None, typer.Option("--port", min=1, max=65535, help="Default: klout 8101, kred 8102, peerindex 8103.")
    ] = None,
    data: Annotated[
        Path | None, typer.Option("--data", help="A JSON file of accounts. Default: three invented ones.")
    ] = None,
    fail: Annotated[Failing | None, typer.Option("--fail", help="Fail like this on every call.")] = None,
    delay: Annotated[float, typer.Option("--delay", min=0.0, help="Seconds that every answer takes.")] = 0.0,
) -> None:
    """Answer as a closed provider did, until Ctrl-C: for tests, and to try the gateway against."""
    from renown.emulators import EMULATORS, Behaviour, serve

    port = port or _PORTS[provider]
    end_on_terminate()
    listen(host, port).close()  # a busy port is found before anything is said
    dataset = _dataset(data)
    try:
        behaviour = Behaviour(fail=fail.value if fail else None, delay_seconds=delay)
        _say(provider, f"http://{host}:{port}{EMULATORS[provider].base_path}", data)
        serve(provider, dataset, port, host, behaviour)
    except ValueError as error:
        raise BadRequest(f"The emulator cannot run: {error}.") from None
    except OSError as error:
        raise CannotServe(f"Port {port} was taken meanwhile: {error.strerror}.", "Take another with --port.") from None


def _dataset(file: Path | None) -> "Dataset":
    from renown.emulators import read_dataset, read_example

    try:
        return read_example() if file is None else read_dataset(file)
    except OSError as error:
        raise BadRequest(f"{file} cannot be read: {error.strerror}.", "Give the path of a JSON file.") from None
    except ValueError as error:
        raise BadRequest(f"{error}.", "Correct the file, or leave --data out to use three invented accounts.") from None


def _say(provider: Emulated, url: str, file: Path | None) -> None:
    prefix = f"RENOWN_PROVIDERS__{provider.upper()}__"
    known = "three invented accounts (synthetic_one, ...)" if file is None else f"the accounts of {file.name}"
    out = console()
    out.print(f"{provider} emulated at {url}, knowing {known}. Ctrl-C stops.", soft_wrap=True)
    out.print(f"To ask it, set {prefix}BASE_URL={url} and {prefix}KEY to the data file's `key`.", soft_wrap=True)
