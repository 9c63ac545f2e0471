"""Four processes with one Valkey and one PostgreSQL ask for voices that nobody has asked for before."""

import asyncio
import json
import sys

import pytest
from gateway_stage import APP_ID, KEY, upstream_of

from renown.emulators import Dataset

VOICES, PROCESSES = 50, 4
# Klout: who it is, and the score. PeerIndex: scores and topics. Kred takes many at once, and is left out.
CALLS_A_VOICE = {"klout": 2, "peerindex": 2}

_PROCESS = """
import asyncio, json, sys, time
from renown.claims import Account
from renown.gateway import Gateway
from renown.settings import Settings

async def main(settings, voices):
    async with await Gateway.open(Settings(_env_file=None, **settings)) as gateway:
        print("ready", flush=True)
        sys.stdin.readline()
        began, waits = time.monotonic(), []
        async def ask(number):
            record = await gateway.voice(Account("twitter", f"Synthetic_{number}"))
            waits.append(time.monotonic() - began)
            return record
        records = await asyncio.gather(*map(ask, range(voices)))
        scored = sum(claim.field in ("klout.score", "peerindex.peerindex")
                     for record in records for claim in record.claims.values())
        print(len(records), scored, gateway._cache.stats.far_errors, *waits, flush=True)

asyncio.run(main(json.loads(sys.argv[1]), int(sys.argv[2])))
"""


def _data():
    return Dataset.from_json(
        {
            "key": KEY,
            "app_id": APP_ID,
            "accounts": [
                {
                    "handle": f"Synthetic_{number}",
                    "twitter_id": f"9000000000000{number:05}",
                    "klout": {"id": f"371{number:05}", "score": 40.5},
                    "peerindex": {
                        "id": f"00000000-0000-3000-8000-0000000{number:05}",
                        "peerindex": 50,
                        "topics": {"Sports": 59},
                    },
                }
                for number in range(VOICES)
            ],
        }
    )


@pytest.mark.soak
async def test_two_hundred_first_askers_cost_the_calls_of_fifty_voices(empty_postgres_url, valkey_url, capsys):
    """Each of 50 voices is asked for in each of four processes at once: every provider is called once for each.

    How long they waited is printed, and not judged.
    """
    pipe = asyncio.subprocess.PIPE
    async with upstream_of(_data()) as upstream:
        settings = {
            "database_url": empty_postgres_url,
            "cache_url": valkey_url.rpartition("/")[0] + "/7",
            "deadline_seconds": 120,
            "providers": {
                slug: {"base_url": upstream.of[slug].url, "key": KEY, "pace": 1_000, "quota": 10_000}
                for slug in CALLS_A_VOICE
            },
        }
        command = [sys.executable, "-c", _PROCESS, json.dumps(settings), str(VOICES)]
        processes = [await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe) for _ in range(PROCESSES)]
        for process in processes:
            assert await process.stdout.readline() == b"ready\n"
        said = await asyncio.gather(*(process.communicate(b"go\n") for process in processes))
        calls = {slug: upstream.calls[slug] for slug in CALLS_A_VOICE}
    told = [out.split() for out, _ in said]
    waits = sorted(float(wait) for each in told for wait in each[3:])
    with capsys.disabled():
        print(f"\n200 first askers: p50 {waits[99]:.2f} s, p99 {waits[197]:.2f} s")  # noqa: T201 - what is measured is shown
    assert [each[:3] for each in told] == [[b"50", b"100", b"0"]] * PROCESSES
    assert calls == {slug: VOICES * each for slug, each in CALLS_A_VOICE.items()}
