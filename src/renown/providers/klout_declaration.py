"""What Klout says of itself, in whatever generation of its API it is asked."""

from datetime import date, timedelta

from renown.claims import Metric, Scale
from renown.providers.contract import Declaration
from renown.providers.graph import graph_metrics


def _metric(slug: str, name: str, scale: Scale, meaning: str) -> Metric:
    return Metric("klout", slug, name, scale, meaning)


def _change(slug: str, span: str) -> Metric:
    name = slug.replace("_", " ").capitalize()
    return _metric(slug, name, Scale(-100, 100), f"Score points gained or lost in {span}.")


SCORE = _metric(
    "score",
    "Klout Score",
    Scale(1, 100),
    "Overall influence over the last 90 days. Its average was about 20 before August 2012 and about 40 after: the two"
    " scales are not comparable.",
)
DAY_CHANGE = _change("day_change", "a day")
WEEK_CHANGE = _change("week_change", "a week")
MONTH_CHANGE = _change("month_change", "a month")

# Published until 2012: API v1 and archives have them, v2 never did.
FIVE_DAY_CHANGE = _change("five_day_change", "five days")
TRUE_REACH = _metric("true_reach", "True Reach", Scale(0, None), "How many people the voice influences: a head count.")
AMPLIFICATION = _metric(
    "amplification", "Amplification", Scale(0, 100), "How much the voice's audience acts on what it says."
)
NETWORK_IMPACT = _metric("network_impact", "Network Impact", Scale(0, 100), "How influential the voice's audience is.")

KLOUT = Declaration(
    slug="klout",
    name="Klout",
    eras=(date(2012, 8, 14),),
    metrics=(
        SCORE,
        *(DAY_CHANGE, WEEK_CHANGE, MONTH_CHANGE, FIVE_DAY_CHANGE),
        *(TRUE_REACH, AMPLIFICATION, NETWORK_IMPACT),
        *graph_metrics("klout", "as Klout counts them; API v1 named 25 at most, and those are counted"),
    ),
    primary=SCORE.slug,
    networks=("twitter", "google-plus", "instagram"),
    reads=("twitter", "facebook", "google-plus", "instagram"),
    licence="Klout API terms: scores may be kept 7 days; Klout's logo and a link are required where one is shown.",
    attribution="Klout Score by Klout (klout.com)",
    closed=date(2018, 5, 25),
    fresh_for=timedelta(days=1),
    keep_for=timedelta(days=7),
    pace=10.0,
    quota=10_000,
)
