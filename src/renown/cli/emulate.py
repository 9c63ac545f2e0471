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
    "renown emulate peerindex --fault hang=0.1 --fault latency=50ms,p99=400ms",
    "renown emulate klout --data uk_tyres_2012.csv --fault algorithm-change=500",
)


class Emulated(StrEnum):
    """What can be emulated: a provider's last API, or an earlier one."""

    KLOUT = "klout"
    KRED = "kred"
    PEERINDEX = "peerindex"
    KLOUT_V1 = "klout-v1"
    PEERINDEX_A = "peerindex-a"
    PEERINDEX_B = "peerindex-b"

    @property
    def port(self) -> int:
        """The port it takes where none is given."""
        return 8101 + list(Emulated).index(self)

    @property
    def provider(self) -> str:
        """Whose API it is."""
        return self.partition("-")[0]


def emulate(
    api: Annotated[Emulated, typer.Argument(help="Which provider, by its last API or an earlier one.")],
    host: HostOption = "127.0.0.1",
    port: Annotated[
        int | None, typer.Option("--port", min=1, max=65535, help="Default: 8101 for klout, 8102 for kred, and so on.")
    ] = None,
    data: Annotated[
        list[Path] | None,
        typer.Option("--data", help="A JSON file of accounts, or CSV files of figures. Default: three invented ones."),
    ] = None,
    synthetic: Annotated[
        int | None, typer.Option("--synthetic", min=1, help="So many invented accounts, in the place of a file.")
    ] = None,
    fault: Annotated[
        list[str] | None,
        typer.Option("--fault", help="How to misbehave, for example 5xx=0.1, quota=1000, flapping=30s; repeatable."),
    ] = None,
    control: Annotated[
        bool, typer.Option("--control", help="Let POST /_emulator/behaviour change the faults, from this machine only.")
    ] = False,
) -> None:
    """Answer as a closed provider did, until Ctrl-C: for tests, and to try the gateway against."""
    from renown.emulators import EMULATORS, Behaviour, serve

    port = port or api.port
    end_on_terminate()
    listen(host, port).close()  # a busy port is found before anything is said
    dataset = _dataset(data or [], synthetic)
    try:
        behaviour = Behaviour.read(fault or ())
        _say(api, f"http://{host}:{port}{EMULATORS[api].base_path}", _known(data or [], synthetic))
        serve(api, dataset, port, host, behaviour, control=control)
    except ValueError as error:
        raise BadRequest(f"The emulator cannot run: {error}.") from None
    except OSError as error:
        raise CannotServe(f"Port {port} was taken meanwhile: {error.strerror}.", "Take another with --port.") from None


def _dataset(files: list[Path], synthetic: int | None) -> "Dataset":
    from renown.emulators import Dataset, read_dataset, read_example, read_figures

    try:
        if synthetic is not None:
            return Dataset.synthetic(synthetic, 1)
        if not files:
            return read_example()
        if all(file.suffix == ".csv" for file in files):
            return read_figures(*files)
        if len(files) > 1:
            raise BadRequest("Several files of data are not all CSV.", "Give one JSON file, or CSV files of figures.")
        return read_dataset(files[0])
    except OSError as error:
        said = f"{error.filename} cannot be read: {error.strerror}."
        raise BadRequest(said, "Give the path of a JSON file, or of CSV files.") from None
    except ValueError as error:
        raise BadRequest(f"{error}.", "Correct the file, or leave --data out to use three invented accounts.") from None


def _known(files: list[Path], synthetic: int | None) -> str:
    if synthetic is not None:
        return f"{synthetic} SYNTHETIC accounts"
    names = ", ".join(file.name for file in files)
    return f"the accounts of {names}" if files else "three invented accounts (synthetic_one, ...)"


def _say(api: Emulated, url: str, known: str) -> None:
    prefix = f"RENOWN_PROVIDERS__{api.provider.upper()}__"
    out = console()
    out.print(f"{api} emulated at {url}, knowing {known}. Ctrl-C stops.", soft_wrap=True)
    out.print(f"To ask it, set {prefix}BASE_URL={url} and {prefix}KEY to the data's `key`.", soft_wrap=True)
    if api.value != api.provider:
        out.print(f"This is an earlier API: set {prefix}API={api.partition('-')[2]} too.", soft_wrap=True)
