"""What stands below a ranking: how it was read, who is missing, what the figures are, what the ranges mean."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from renown.claims import AbsenceReason, Claim, Freshness
from renown.cli import wording
from renown.cli.ranking_lines import Line

if TYPE_CHECKING:
    from renown.gateway import Gateway, Ranked

_MEANING = {
    "METHOD": "METHOD: they hold nine in ten of {draws} draws that vary the weights, the normaliser, the half-life and "
    "who is left out. They show what the method leaves open; no statistical confidence is claimed.",
    "POSTERIOR": "POSTERIOR: given what the providers say and how reliable the reference found each, nine true places "
    "in ten lie within; {draws} draws. It holds as far as the reference's model does.",
}
_NAMED = 5


def ranking_notes(gateway: "Gateway", ranked: "Ranked", lines: Sequence[Line]) -> list[str]:
    """A paragraph each: who was left out, the figures of each provider, the recipe, the ranges."""
    recipe = ranked.recipe
    return [
        _left_out(ranked),
        *_figures(gateway, ranked, lines),
        f"Composite (recipe {recipe.hash[:16]}): {recipe.explanation} Two decimals here; --format json has all six.",
        f"Ranges of place and composite, {meaning_of(ranked)}",
    ]


def meaning_of(ranked: "Ranked") -> str:
    """What the ranges of a ranking claim."""
    return _MEANING[ranked.interval_kind].format(draws=ranked.recipe.draws)


def _left_out(ranked: "Ranked") -> str:
    reasons = "; ".join(f"{each.reason}: {each.count:,}" for each in ranked.excluded) or "nobody"
    lacking = ranked.unranked
    named = ", ".join(key.partition(":")[2] for key in lacking[:_NAMED])
    more = f" and {len(lacking) - _NAMED:,} more" if len(lacking) > _NAMED else ""
    return (
        f"Ranked: {len(ranked):,} of {wording.count(ranked.considered, 'voice')} held. Left out: {reasons}"
        f"{f' ({named}{more})' if lacking else ''}."
    )


def _figures(gateway: "Gateway", ranked: "Ranked", lines: Sequence[Line]) -> Iterator[str]:
    now = gateway.now()
    for provider in ranked.columns.providers:
        name = gateway.registry.provider(provider).declaration.name
        scores = [line.scores[provider] for line in lines]
        claims = [score for score in scores if isinstance(score, Claim)]
        absent = [score.reason for score in scores if not isinstance(score, Claim)]
        said = []
        if claims:
            lives = [claim.provenance.freshness_at(now) for claim in claims]
            observed = wording.span(claim.provenance.observed_at for claim in claims)
            said.append(f"{wording.count(len(claims), 'value')} of {observed}{_life(lives)}")
        said += [f"{absent.count(reason)} {_word(reason)}" for reason in dict.fromkeys(absent)]
        yield f"{name}: {', '.join(said)}."


def _life(lives: Sequence[Freshness]) -> str:
    frozen, stale = lives.count(Freshness.FROZEN), lives.count(Freshness.STALE)
    words = [f"{frozen} frozen (never to be newer)"] if frozen else []
    words += [f"{stale} stale"] if stale else []
    return f", {', '.join(words)}" if words else ""


def _word(reason: AbsenceReason) -> str:
    return reason.lower().replace("_", " ")
