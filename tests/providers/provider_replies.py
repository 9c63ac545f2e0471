"""Requests and replies as the tests of the adapters need them."""

import json
from datetime import UTC, datetime

from pydantic import SecretStr

from renown.claims import Account
from renown.providers import Reply, Request
from renown.settings import ProviderSettings

AT = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
PIRELLI = Account("twitter", "PirelliUK")
CONTI = Account("twitter", "ContiUK")


def settings_with(**given):
    """A provider's settings with a base URL and a key, and what a test changes of them."""
    return ProviderSettings(**{"base_url": "http://127.0.0.1:9/v2", "key": SecretStr("s3cr3t"), **given})


def request_for(step, *accounts, **given):
    """One request of an adapter."""
    return Request(step=step, path=f"/{step}", accounts=accounts or (PIRELLI,), **given)


def reply_with(body=b"", status=200, **headers):
    """One reply; a body that is not bytes is sent as JSON, and `retry_after=1` as the header `retry-after: 1`."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    named = {name.replace("_", "-"): str(value) for name, value in headers.items()}
    return Reply(status=status, headers=named, body=raw, url="http://provider.example/v2/x", received_at=AT)


def values_of(reading):
    """Every claim of a reading, by field."""
    return {claim.field: claim.value for claim in reading.claims}


def reasons_of(reading):
    """The reason of each absence, by subject."""
    return {absence.subject: absence.reason for absence in reading.absences}
