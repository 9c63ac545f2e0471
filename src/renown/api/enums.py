"""The schema's enums: those of the house, each value described."""

from renown.api.describe import enum_type
from renown.claims import AbsenceReason, Freshness, ProvenanceKind, VoiceKind
from renown.gateway.rank_checks import RankCheckMethod
from renown.providers import ProviderState
from renown.scoring import Combiner, IntervalKind, Normaliser, Reference, Weighting
from renown.scoring.report_grades import Grade

enum_type(
    ProvenanceKind,
    OBSERVED="A provider said it.",
    DECLARED="A person or a file entered it.",
    DERIVED="It was computed from other claims.",
)
enum_type(
    Freshness,
    FRESH="Within its life.",
    STALE="Past its life and still shown; it is asked for again.",
    FROZEN="Of a retired provider or a published table: it will never be newer.",
)
enum_type(
    AbsenceReason,
    NOT_ASKED="Nobody asked for it.",
    UNKNOWN_TO_PROVIDER="The provider does not know this account.",
    NO_SCORE_YET="The provider knows the account and has no score of it, or not what a score is made of.",
    PROCESSING="The provider is still computing.",
    RATE_LIMITED="Too many calls a second.",
    QUOTA_EXHAUSTED="The day's calls are used up.",
    TIMED_OUT="No answer within the deadline.",
    UNREACHABLE="No connection, or the provider answered with an error.",
    INVALID_REPLY="The reply could not be read.",
    NOT_CONFIGURED="The gateway has no base URL or no accepted key for the provider.",
    RETIRED="The provider is closed for good, and no published figure is held.",
    LICENCE_EXPIRED="There was a value, and its licence no longer allows keeping it.",
    BELOW_MINIMUM="Fewer providers answered than the recipe asks for.",
    MASKED="It is held and not shown.",
    NOT_APPLICABLE="The question does not apply, for example a provider that does not know the network.",
)
enum_type(
    VoiceKind,
    PERSON="A person.",
    ORGANISATION="A company, team, institution or band.",
    PUBLICATION="A newspaper, channel, programme or magazine.",
    AUTOMATED="A programme that posts by itself.",
    PARODY="A parody of somebody.",
    UNKNOWN="No source says.",
)
enum_type(
    ProviderState,
    LIVE="It is asked, or computed here.",
    DEGRADED="It is asked, and its last answer was a failure.",
    RETIRED="It is closed for good; what was published of it stands, frozen.",
    NOT_CONFIGURED="It is not asked: it has no base URL.",
)
enum_type(
    Normaliser,
    PERCENTILE="Mid-rank percentile among those compared with, 0-100.",
    EQUATED="The place in one base population, 0-100, equated through the people providers share. Reference FROZEN.",
    LINEAR="The place on the provider's declared scale, 0-100. Depends on nobody else.",
    ZSCORE="Standard score as a T-score: 50 + 10 z, clipped to 0-100.",
    MINMAX="The place between the lowest and the highest of those compared with, 0-100.",
    RAW="The provider's own number, as a spreadsheet takes it.",
)
enum_type(
    Reference,
    FROZEN="The frozen, versioned tables in force; a provider without one is read as LINEAR, as provenance says.",
    POPULATION="All voices known in the snapshot.",
    WITHIN_LIST="Only those in this ranking: who else is on it moves everybody. Needs a list or filter.",
)
enum_type(
    Combiner,
    MEAN="Weighted arithmetic mean.",
    MEDIAN="Weighted median.",
    GEOMETRIC="Weighted geometric mean, of scores of at least 1.",
    BORDA="Borda count: the mean of points for places.",
    RRF="Reciprocal rank fusion, over the lists that cover a voice.",
    CONSENSUS="Posterior mean of the one-factor model of the frozen reference. With EQUATED and RELIABILITY.",
)
enum_type(
    Weighting,
    EQUAL="Every provider the same.",
    RELIABILITY="By how reliable the frozen reference found each; by published figures where none is held.",
    CUSTOM="The weights that are given; a provider without one does not count.",
)
enum_type(
    IntervalKind,
    METHOD="The range over the recipe's reasonable alternatives. No confidence is claimed.",
    POSTERIOR="What the providers leave open under the model fitted with the frozen reference.",
)
enum_type(
    RankCheckMethod,
    MC4="A random walk that moves to whom most providers put above; up to 500 voices.",
    KEMENY="The order that contradicts the fewest judgements of pairs; of several, one near this ranking. Up to 12.",
)
enum_type(
    Grade,
    A="Within the first limit of the measure.",
    B="Within the second limit.",
    C="Within the third limit.",
    D="Within the fourth limit.",
    E="Beyond all limits.",
)

__all__ = [
    "AbsenceReason",
    "Combiner",
    "Freshness",
    "Grade",
    "IntervalKind",
    "Normaliser",
    "ProvenanceKind",
    "ProviderState",
    "RankCheckMethod",
    "Reference",
    "VoiceKind",
    "Weighting",
]
