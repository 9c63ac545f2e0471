"""A world in which Klout is read day by day and may change its method, and Kred stays as it is."""

import copy
from datetime import UTC, datetime, timedelta

import numpy as np

from making import claim
from renown.claims import Account
from renown.gateway import Filter
from renown.scoring import Normaliser, Recipe

LINEAR = Recipe(normaliser=Normaliser.LINEAR)
START = datetime(2014, 3, 1, tzinfo=UTC)
CHANGED, DAYS = 12, 7
VOICES = 230
KEYS = [f"twitter:voice_{number:03d}" for number in range(VOICES)]
ACCOUNTS = [Account("twitter", key.partition(":")[2]) for key in KEYS]


class Calendar:
    """The gateway's clock, set to a day of the simulation."""

    day = 0.0

    def __call__(self):
        """The present moment."""
        return START + timedelta(days=self.day)


class World:
    """True scores, and a gateway that reads some of them each day."""

    def __init__(self, gateway, calendar, seed=1):
        self.gateway, self.calendar = gateway, calendar
        self.chance = np.random.default_rng(seed)
        self.klout = np.round(np.clip(self.chance.normal(45, 15, VOICES), 5, 95), 2)
        self.kred = np.round(np.clip(8 * self.klout + self.chance.normal(0, 90, VOICES), 1, 1000))
        self.method = lambda values: values

    def again(self, gateway):
        """The same world at the same moment, read by another gateway: what happens to one does not happen to it."""
        other = copy.copy(self)
        other.chance, other.klout, other.kred = copy.deepcopy((self.chance, self.klout, self.kred))
        other.gateway, other.calendar = gateway, gateway.now
        return other

    async def begin(self):
        """Everybody is read by both providers."""
        kred = [
            claim(key, "kred.influence", float(value), observed_at=START)
            for key, value in zip(KEYS, self.kred, strict=True)
        ]
        await self.gateway.keep(kred, ACCOUNTS)
        await self.read(range(VOICES))

    async def read(self, who):
        """Klout is read for some, over the first half of the day."""
        who = list(who)
        said = np.round(self.method(self.klout), 2)
        moments = [self.calendar() + timedelta(hours=12) * at / len(who) for at in range(len(who))]
        await self.gateway.keep(
            [claim(KEYS[n], value=float(said[n]), observed_at=at) for n, at in zip(who, moments, strict=True)], []
        )

    async def quiet(self, days):
        """Each day a few are read again, and have drifted a little."""
        for _ in range(days):
            self.calendar.day += 1
            who = self.chance.permutation(VOICES)[:50]
            self.klout[who] = np.round(np.clip(self.klout[who] + self.chance.standard_t(3, 50) * 0.5, 1, 100), 2)
            await self.read(who)

    async def reread(self):
        """All are read once more, over seven days; yields after each."""
        for part in range(DAYS):
            self.calendar.day += 1
            await self.read(range(part, VOICES, DAYS))
            yield part

    async def values(self):
        """The composite of everybody, by voice key."""
        ranked = await self.gateway.rank(Filter(), LINEAR)
        return dict(zip(ranked.voices, ranked.values.tolist(), strict=True))

    async def era(self):
        """Klout's last era."""
        return (await self.gateway.eras("klout"))[-1]


def lenient(values):
    """Another method: all rise along one curve, those in the middle most."""
    return 100 * (values / 100) ** 0.55
