"""The score that lasts: how large the audience is that reacted in the last half year and more.

An audience fades with the years, not with the weeks: 180 days halve what a reaction counts. And it does not fade at all
while its voice is merely silent: the age of what it drew is measured from its own last reaction, until four weeks have
passed without another. So two silent weeks move a score by less than its range, and are told as what they are: since
when it is quiet. What happens in an hour shows as momentum, by the half-life of four hours of `engine.figures`.
"""

from dataclasses import dataclass

import numpy as np

from renown.engine.audience import audience_of, usual_audience
from renown.engine.figures import DOUBT, RUNS_ITSELF, Figures, figures_of
from renown.engine.interactions import Floats
from renown.engine.scale import lasting_score_of, range_of
from renown.engine.standing import Standing
from renown.engine.summary import NEVER, Summary
from renown.engine.weights import HOUR, SETTLES

_DAY = 24 * HOUR
_HALF_LIFE = 180 * _DAY
_MERELY_SILENT = 28 * _DAY


@dataclass(frozen=True, slots=True)
class LastingFigures(Figures):
    """Figures whose score, range and reach are of the audience that lasts; columns of all accounts [accounts].

    `momentum` is the score of these hours. `voices` are the different accounts that ever did anything to an account,
    and `last` is when one last reacted (seconds since 1970, UTC). Who was only followed was not `heard`.
    """

    momentum: Floats
    voices: Floats
    last: Floats


def lasting_figures(log: Summary, standing: Standing, machine: Floats, now: float) -> LastingFigures:
    """The figures at `now`, which may be later than the summary's instant: then nothing is known of between.

    `machine` [accounts] is how likely each account is one (0-1).
    """
    these_hours = figures_of(log, standing, machine)
    last = _last(log)
    heard = last > NEVER
    newest = usual_audience(log.links, log.reacted >= log.until - SETTLES, standing)
    audience = audience_of(log.links, _faded(log, last, now), 1 - machine, standing, newest, doubt=DOUBT)
    usual = np.quantile(audience.counted[heard], 0.5, method="lower") if heard.any() else 0.0
    # What runs by itself is no voice, however many look at it: it stays in the lower half.
    ceiling = np.where(machine >= RUNS_ITSELF, usual, np.inf)
    ends = (audience.counted, *range_of(audience.counted, audience.voices))
    reach, low, high = (np.minimum(each, ceiling) for each in ends)
    return LastingFigures(
        heard=heard,
        score=lasting_score_of(reach),
        low=lasting_score_of(low),
        high=lasting_score_of(high),
        reach=reach,
        amplification=these_hours.amplification,
        network_impact=these_hours.network_impact,
        automation=machine,
        momentum=these_hours.score,
        voices=np.diff(log.links.starts).astype(float),
        last=last,
    )


def _faded(log: Summary, last: Floats, now: float) -> Floats:
    """What is left of each pair's last reaction (0-1) [pairs]."""
    silent = np.clip(now - last, 0, _MERELY_SILENT)
    age = now - log.reacted - np.repeat(silent, np.diff(log.links.starts))
    return np.exp2(-np.maximum(age, 0) / _HALF_LIFE)


def _last(log: Summary) -> Floats:
    """When somebody last reacted to each account [accounts]."""
    last = np.full(log.accounts, NEVER)
    filled = np.diff(log.links.starts) > 0
    if len(log.links):
        last[filled] = np.maximum.reduceat(log.reacted, log.links.starts[:-1][filled])
    return last
