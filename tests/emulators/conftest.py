"""One synthetic data set for all tests of the emulators, and a client that is closed afterwards."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from renown.emulators import Dataset

KEY = "test-key"
APP_ID = "0badcafe"


def _uuid(number: int) -> str:
    return f"00000000-0000-3000-8000-{number:012d}"


def _crowd() -> list[dict[str, Any]]:
    """Seven accounts with rising scores: more than an influence list shows."""
    return [
        {
            "handle": f"crowd_{number}",
            "twitter_id": str(9000 + number),
            "klout": {"id": str(5000 + number), "score": 20.5 + number},
            "peerindex": {"id": _uuid(100 + number), "peerindex": 20 + number},
        }
        for number in range(7)
    ]


_FULL = {
    "handle": "Synthetic_One",
    "twitter_id": "900000000000000001",
    "google_plus_id": "112000000000000000001",
    "instagram_id": "816000000",
    "facebook_id": "third-party_Id",
    "klout": {
        "id": "37436179756135399",
        "score": 61.25012345678901,
        "bucket": "60-69",
        "deltas": {"dayChange": 0.00017936986571243096, "weekChange": -0.5, "monthChange": 1.75},
        "topics": [
            {"id": "10000000000000008253", "displayName": "Made Up Cars", "topicType": "sub"},
            {"id": "560", "displayName": "Made Up Racing", "slug": "racing-sub", "displayType": "visible"},
        ],
        "influencers": [f"crowd_{number}" for number in range(7)],
        "influencees": ["crowd_0", "crowd_1"],
        "profile": {
            "slope": -0.11,
            "description": "",
            "kclass_id": 4,
            "kclass": "Explorer",
            "kclass_description": "You go places/others do not.",
            "kscore_description": "",
            "network_score": 36.97,
            "amplification_score": 2.0,
            "true_reach": 1815,
            "delta_1day": 0.07,
            "delta_5day": -0.07,
        },
    },
    "kred": {
        "influence": 733,
        "outreach": 6,
        "influence_communities": {"Made Up Cars": 801},
        "outreach_communities": {"Made Up Cars": 3},
    },
    "peerindex": {
        "id": _uuid(1),
        "peerindex": 58,
        "authority": 60,
        "activity": 47,
        "audience": 63,
        "name": "Synthetic Ón",
        "slug": "synthetic-one",
        "url": "http://pi.mu/0",
        "keywords": ["made up cars", "made up racing"],
        "county": "Greater London",
        "place_type": "populated_place",
        "geoname_id": 2643743,
        "longitude": -0.12574,
        "country_code": "GB",
        "latitude": 51.50853,
        "place_name": "London",
        "topics": {"Sports": 59, "News and society": 75},
        "influenced_by": ["crowd_0", "crowd_1"],
        "influences": ["crowd_2"],
    },
}


@pytest.fixture(scope="session")
def data() -> Dataset:
    """One account with everything, a crowd without Kred, one only Kred knows."""
    only_kred = {"handle": "only_kred", "kred": {"influence": 0, "outreach": 0}}
    return Dataset.from_json({"key": KEY, "app_id": APP_ID, "accounts": [_FULL, only_kred, *_crowd()]})


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    """A client that neither follows redirects nor asks for compression."""
    async with httpx.AsyncClient(headers={"Accept-Encoding": "identity"}, timeout=10) as opened:
        yield opened
