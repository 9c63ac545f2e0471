"""An asked provider made from a description."""

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from renown.claims import Account
from renown.errors import InvalidReply, NotConfigured
from renown.providers.contract import Reading, Reply, Request
from renown.providers.described.description import AuthForm, Description
from renown.providers.described.reading_reply import read_reply
from renown.providers.wire import screen_name
from renown.settings import ProviderSettings


class Described:
    """One GET an account, or a batch of accounts; claims by JSONPath."""

    def __init__(self, description: Description, settings: ProviderSettings) -> None:
        self.description = description
        self.declaration = description.declaration
        self.adapter = description.adapter
        self._settings = settings

    @property
    def credentials(self) -> Mapping[str, str]:
        """The secrets that go into the query."""
        return {form.name or "": secret for form, secret in self._secrets() if form.where == "query"}

    @property
    def secret_headers(self) -> Mapping[str, str]:
        """The secrets that go into headers.

        Raises:
            NotConfigured: one holds characters that no header can carry.
        """
        return {
            "authorization" if form.where == "bearer" else (form.name or "").lower(): self._header(form, secret)
            for form, secret in self._secrets()
            if form.where != "query"
        }

    def requests(self, accounts: Sequence[Account], known: Mapping[str, str]) -> tuple[Request, ...]:
        """One GET for all of them, and one of its own for each handle that holds the separator.

        Raises:
            InvalidReply: one cannot be asked about: no id of it is held, or its handle means another place in a path.
        """
        separator = self.description.request.separator
        apart = [account for account in accounts if separator and separator in account.handle]
        together = [account for account in accounts if account not in apart]
        batches = [*([together] if together else []), *([account] for account in apart)]
        return tuple(self._request(batch, known) for batch in batches)

    def read(self, request: Request, reply: Reply) -> Reading:
        """What the reply says, by the description's paths.

        Raises:
            ProviderFailure: an error, or a body that is no JSON.
        """
        return read_reply(self, request, reply)

    def alone(self, request: Request) -> tuple[Request, ...]:
        """The same request for each of its accounts apart; for one that the provider refused as a whole."""
        return tuple(self._request([account], {}) for account in request.accounts)

    def _request(self, accounts: Sequence[Account], known: Mapping[str, str]) -> Request:
        form = self.description.request
        handles = [screen_name(account) for account in accounts]
        account_id = self._id(accounts[0], known) if "id" in form.places else ""
        quoted = (form.separator or "").join(quote(handle, safe="") for handle in handles)
        path = form.path.filled(quoted, quote(account_id, safe=""))
        if any(set(part) == {"."} for part in path.split("/")):
            raise InvalidReply(f"{handles[0]!r} would lead to another place of {self.declaration.name}'s API.")
        joined = handles if form.separator is None else [form.separator.join(handles)]
        params = {name: [value.filled(one, account_id) for one in joined] for name, value in form.params.items()}
        plain = {name: values[0] if len(set(values)) == 1 else values for name, values in params.items()}
        return Request(step="ask", path=path, params=plain, accounts=tuple(accounts))

    def _id(self, account: Account, known: Mapping[str, str]) -> str:
        held = known.get(account.key) or account.id
        if held is None:
            raise InvalidReply(f"{self.declaration.name} is asked by id, and none is held of {account.handle}.")
        return held

    def _secrets(self) -> list[tuple[AuthForm, str]]:
        held = [(form, getattr(self._settings, form.secret)) for form in self.description.auth]
        return [(form, secret.get_secret_value()) for form, secret in held if secret]

    def _header(self, form: AuthForm, secret: str) -> str:
        if not (secret.isascii() and secret.isprintable()):
            setting = f"RENOWN_PROVIDERS__{self.declaration.slug.upper()}__{form.secret.upper()}"
            raise NotConfigured(f"The key of {self.declaration.name} cannot be sent in a header.", f"Check {setting}.")
        return f"{'Bearer ' if form.where == 'bearer' else form.prefix}{secret}"
