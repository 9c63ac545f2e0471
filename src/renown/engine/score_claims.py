"""The engine's scores as claims of the provider `renown`.

    renown.score, .low, .high, .momentum, .reach, ...  as `engine.metrics` declares them
    topic/<slug>                    the share of the account's posts that speak on the topic, 0-1
    renown.score/<slug>, .low/, .high/  its score among reactions to posts on the topic, with its range

The source of a claim on a topic names posts that show it. All claims of one account and window carry one digest, of the
account's figures and of everything they were computed from: the same events, the same claims.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from renown.claims import Claim, Provenance, ProvenanceKind, digest_of, topic_field
from renown.engine.metrics import METRICS, PROVIDER

ADAPTER = "renown-engine@1"
FRESH_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Window:
    """What scores are made of: so many interactions before `until` (seconds since 1970, UTC), from `first` to `last`.

    `digest` is of all that goes in: events, topics of posts, seeds, method.
    """

    first: int
    last: int
    until: int
    interactions: int
    digest: str

    @property
    def end(self) -> datetime:
        """`until` as a moment."""
        return datetime.fromtimestamp(self.until, UTC)

    @property
    def days(self) -> float:
        """How long it is."""
        return (self.until - self.first) / 86_400


@dataclass(frozen=True, slots=True)
class TopicScore:
    """That an account speaks on a topic: in so many of its posts, of which some are `evidence` (ids).

    `figures` are score, low and high on the topic; empty where nobody reacted to a post on it.
    """

    topic: str
    posts: int
    of: int
    evidence: tuple[str, ...]
    figures: Mapping[str, float] = field(default_factory=dict)

    @property
    def strength(self) -> float:
        """The share of the account's posts, 0-1."""
        return self.posts / self.of


@dataclass(frozen=True, slots=True)
class AccountScore:
    """What the engine says of one account of the directory, by the key it has there; `figures` by a metric's slug."""

    account: str
    figures: Mapping[str, float]
    topics: tuple[TopicScore, ...] = ()


def claims_of(scores: Iterable[AccountScore], window: Window) -> list[Claim]:
    """The claims on these accounts, in their order."""
    source = (
        f"Renown's engine, of {window.interactions:,} interactions from"
        f" {datetime.fromtimestamp(window.first, UTC):%Y-%m-%d} to {window.end:%Y-%m-%d %H:%M} UTC"
    )
    return [claim for score in scores for claim in _claims(score, window, source)]


def no_longer(held: Iterable[Claim], made: Iterable[Claim], window: Window) -> list[Claim]:
    """Claims of strength 0 on topics that the engine found earlier (`held`), and that are not among those `made`."""
    found = {(claim.subject, claim.field) for claim in made}
    source = f"Renown's engine: up to {window.end:%Y-%m-%d %H:%M} UTC too few posts speak on it"
    provenance = _provenance(window, source, window.digest)
    return [
        Claim(subject=claim.subject, field=claim.field, value=0.0, provenance=provenance)
        for claim in held
        if is_topic_of_engine(claim) and claim.value and (claim.subject, claim.field) not in found
        if claim.provenance.observed_at <= window.end
    ]


def is_topic_of_engine(claim: Claim) -> bool:
    """Whether it is the engine that said somebody speaks on a topic."""
    return claim.provenance.adapter == ADAPTER and claim.field.startswith("topic/")


def _claims(score: AccountScore, window: Window, source: str) -> Iterator[Claim]:
    figures = {slug: round(value, 6) for slug, value in sorted(score.figures.items())}
    topics = [(t.topic, t.posts, t.of, t.evidence, sorted(t.figures.items())) for t in score.topics]
    digest = digest_of([window.digest, score.account, figures, topics])
    overall = _provenance(window, source, digest)
    for metric in METRICS:
        if metric.slug in figures:
            yield Claim(subject=score.account, field=metric.field, value=figures[metric.slug], provenance=overall)
    for topic in score.topics:
        on_topic = _provenance(window, f"{source}; {_shown_by(topic)}", digest)
        fields = {topic_field(topic.topic): topic.strength}
        fields |= {f"{PROVIDER}.{slug}/{topic.topic}": value for slug, value in topic.figures.items()}
        for name, value in fields.items():
            yield Claim(subject=score.account, field=name, value=round(value, 6), provenance=on_topic)


def _shown_by(topic: TopicScore) -> str:
    return f"{topic.posts:,} of {topic.of:,} posts speak on it, such as {', '.join(topic.evidence)}"


def _provenance(window: Window, source: str, digest: str) -> Provenance:
    return Provenance(
        kind=ProvenanceKind.DERIVED,
        source=source,
        adapter=ADAPTER,
        provider=PROVIDER,
        observed_at=window.end,
        fresh_until=window.end + FRESH_FOR,
        digest=digest,
    )
