"""What `providers` says of calls: how many of the day are used, and what went wrong last."""

import socket
from datetime import datetime
from pathlib import Path

from starlette.testclient import TestClient

from renown.settings import ProviderSettings
from renown.web import application
from served import Served, settings_of

QUESTION = "{ providers { slug state quota { limit used resetsAt } lastError } }"


def _told(served):
    return {each.pop("slug"): each for each in served.data(QUESTION)["providers"]}


def test_quota_and_last_error(tmp_path: Path):
    """Before a call: no error, nothing used; after three failed ones: degraded, three used, and a sentence."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        nobody = other.getsockname()[1]
    klout = ProviderSettings(base_url=f"http://127.0.0.1:{nobody}/v2", quota=7)
    with TestClient(application(settings_of(tmp_path / "a.db", providers={"klout": klout}))) as client:
        served = Served(client)
        before = _told(served)
        served.answer('{ voice(account: { handle: "PirelliUK" }) { id } }')
        after = _told(served)
    resets_at = datetime.fromisoformat(before["klout"]["quota"].pop("resetsAt"))
    assert (resets_at.hour, resets_at.minute, resets_at.utcoffset().total_seconds()) == (0, 0, 0)
    assert before["klout"] == {"state": "LIVE", "quota": {"limit": 7, "used": 0}, "lastError": None}
    assert before["kred"]["quota"] is None
    assert (after["klout"]["state"], after["klout"]["quota"]["used"]) == ("DEGRADED", 3)
    assert after["klout"]["lastError"].startswith("On ")
    assert after["klout"]["lastError"].endswith(" UTC: Klout cannot be reached.")
