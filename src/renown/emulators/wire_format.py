"""What one provider's module hands over so that it can be built and served."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from renown.emulators.dataset import Dataset

View = Callable[[Request], Response]


@dataclass(frozen=True, slots=True, kw_only=True)
class WireFormat:
    """One provider's API as it was: where it was rooted, its routes, and the answers given before any route ran.

    `base_path` is what a client's base URL ends in ("/v2"; "" for none). `gzips`: compresses when the client offers.
    """

    base_path: str
    routes: Callable[[Dataset], list[Route]]
    no_such_path: Callable[[], Response]
    over_rate: Callable[[], Response]
    over_qps: Callable[[], Response]
    gzips: bool = False


def keyed(
    view: View, credentials: dict[str, str], refuse: Callable[[], Response]
) -> Callable[..., Awaitable[Response]]:
    """The view behind its key: it runs only when every credential is among the query parameters."""

    async def endpoint(request: Request) -> Response:
        if any(request.query_params.get(name) != value for name, value in credentials.items()):
            return refuse()
        return view(request)

    return endpoint
