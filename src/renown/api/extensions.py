"""What an answer says beside its data: its cost, and on request the claim behind every path."""

from collections.abc import Iterator
from inspect import isawaitable
from typing import Any

from graphql.pyutils import AwaitableOrValue
from strawberry.extensions import SchemaExtension

from renown.api.claims import Claim, Sourced
from renown.api.context import Context


class Cost(SchemaExtension):
    """`extensions.cost`: calls to providers, and how the cache served what this request looked up."""

    def get_results(self) -> dict[str, Any]:
        """What is added to the answer's extensions."""
        context: Context | None = self.execution_context.context
        return {} if context is None else cost_of(context)


def cost_of(context: Context) -> dict[str, Any]:
    """What a request has cost so far, as the answer's extensions say it."""
    tally = context.tally
    return {
        "cost": {
            "upstreamCalls": tally.upstream_calls,
            "cacheHits": tally.cache_hits,
            "cacheMisses": tally.cache_misses,
        }
    }


class ProvenancePaths(SchemaExtension):
    """`extensions.provenance`: every response path that shows a sourced value, with the id of its claim.

    For clients that cannot change their query. It looks at every field, so it runs only where it is asked for.
    """

    def on_operation(self) -> Iterator[None]:
        """A new map for each operation."""
        self._paths: dict[str, str] = {}
        yield

    async def resolve(self, _next: Any, root: Any, info: Any, *args: Any, **kwargs: Any) -> AwaitableOrValue[object]:
        """Notes what a field answers with, and passes it on."""
        result = _next(root, info, *args, **kwargs)
        if isawaitable(result):
            result = await result
        self._note(".".join(str(step) for step in info.path.as_list()), result)
        return result

    def get_results(self) -> dict[str, Any]:
        """What is added to the answer's extensions."""
        return {"provenance": self._paths}

    def _note(self, path: str, result: Any) -> None:
        if isinstance(result, (Sourced, Claim)):
            self._paths[path] = str(result.id())
        elif isinstance(result, list):
            for number, each in enumerate(result):
                self._note(f"{path}.{number}", each)
