"""What must hold before anything is measured: the providers speak as the emulators do, the gateways say the same."""

import asyncio
import http.client
import json
from collections.abc import Mapping
from typing import Any

import httpx2

from cold_trial.servers import Gateway, Providers
from renown.emulators import Behaviour, Dataset, build
from renown.emulators.accounts import Account, KloutDeltas, KloutPart, KredPart, PeerIndexPart

_NUMBER = 17
_HANDLE = f"cold_{_NUMBER:06d}"
_KLOUT_ID, _PEERINDEX_ID = str(100_000_000_000 + _NUMBER), f"00000000-0000-3000-8000-{_NUMBER:012d}"
_ACCOUNT = Account(
    handle=_HANDLE,
    klout=KloutPart(
        id=_KLOUT_ID,
        score=27.25,
        bucket="60-69",
        deltas=KloutDeltas(dayChange=0.125, weekChange=-0.5, monthChange=1.75),
    ),
    kred=KredPart(influence=317, outreach=6),
    peerindex=PeerIndexPart(id=_PEERINDEX_ID, peerindex=27, authority=60, activity=47, audience=63),
)
_TARGETS = {
    "klout": (
        f"/identity.json/twitter?screenName={_HANDLE}&key=demo-key",
        f"/user.json/{_KLOUT_ID}/score?key=demo-key",
    ),
    "kred": (f"/kredscore?term={_HANDLE}&source=twitter&app_id=0badcafe&app_key=demo-key",),
    "peerindex": (f"/actor/extended?twitter_screen_name={_HANDLE}&api_key=demo-key",),
}


def check_wire(upstream: Providers) -> None:
    """Each provider says of one voice, byte for byte, what its emulator says.

    Raises:
        SystemExit: it does not.
    """
    for slug, targets in _TARGETS.items():
        for target in targets:
            said, meant = _said(upstream, slug, target), asyncio.run(_emulated(slug, target))
            if said != meant:
                raise SystemExit(f"The bench's {slug} says {said}, its emulator {meant}.")


def check_answers(gateways: list[Gateway], bodies: list[str]) -> None:
    """All gateways give the same scores, normalised scores, components, sources and composites.

    Raises:
        SystemExit: they do not.
    """
    for body in bodies:
        told = [_told(gateway.ask(body)) for gateway in gateways]
        if any(each != told[0] for each in told):
            raise SystemExit(f"The gateways do not say the same of {body[-60:]}:\n" + "\n".join(map(str, told)))


def _said(upstream: Providers, slug: str, target: str) -> tuple[str | None, bytes]:
    port = upstream.ports[list(upstream.bases).index(slug)]
    base = upstream.bases[slug].partition(f":{port}")[2]
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", base + target)
    reply = connection.getresponse()
    said = reply.getheader("content-type"), reply.read()
    connection.close()
    return said


async def _emulated(slug: str, target: str) -> tuple[str | None, bytes]:
    data = Dataset(key="demo-key", app_id="0badcafe", accounts=(_ACCOUNT,))
    app = build(slug, data, Behaviour(polls_before_complete=0))
    base = {"klout": "/v2", "kred": "", "peerindex": "/1"}[slug]
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://emulator") as client:
        reply = await client.get(base + target)
    return reply.headers.get("content-type"), reply.content


def _told(answer: Mapping[str, Any]) -> dict[str, Any]:
    if "errors" in answer:
        raise SystemExit(f"A gateway answers with errors: {json.dumps(answer['errors'])[:500]}")
    voice = answer["data"]["voice"]
    scores = {
        score["provider"]["slug"]: (
            score["value"],
            score["normalised"]["value"],
            sorted((each["metric"]["slug"], each["value"]) for each in score["components"]),
            score["provenance"]["source"],
        )
        for score in voice["scores"]
        if score["__typename"] == "Score"
    }
    if len(scores) != len(_TARGETS):
        raise SystemExit(f"A gateway brings scores of {sorted(scores)} only.")
    absent = {score["provider"]["slug"]: score["reason"] for score in voice["scores"] if "reason" in score}
    return {"scores": scores, "absent": absent, "composite": voice["composite"]["value"]}
