"""A question in, a page of a ranking out: what `ranking` and `renown rank` share."""

from dataclasses import dataclass
from datetime import datetime

from renown.errors import BadRequest
from renown.gateway.filtering import Filter
from renown.gateway.gateway import Gateway
from renown.gateway.paging import Page, check_page, encode_cursor, fingerprint
from renown.gateway.question import in_plain_words, read_question
from renown.gateway.ranking import Ranked
from renown.scoring import Recipe

_FIRST = 20


@dataclass(frozen=True, slots=True)
class RankingPage:
    """A ranking, which part of it was asked for (the first so many), and what marks the question in its cursors."""

    ranked: Ranked
    page: Page
    first: int
    mark: str

    @property
    def understood_as(self) -> str:
        """The question in plain words, as it was read."""
        return in_plain_words(self.ranked.filter, self.first)

    def cursor(self, position: int) -> str:
        """The cursor of a position: a page after it is of the same snapshot."""
        return encode_cursor(self.ranked.standings.snapshot, self.mark, position)


async def ask_ranking(
    gateway: Gateway,
    recipe: Recipe,
    *,
    of: str | None = None,
    asked: Filter | None = None,
    as_of: datetime | None = None,
    first: int | None = None,
    after: str | None = None,
) -> RankingPage:
    """A page of the ranking that a phrase (`of`) or a filter asks for.

    Raises:
        BadRequest: both are given (AMBIGUOUS_QUESTION), or nobody is ranked (EMPTY_RANKING).
        BadPage, BadCursor, BadRecipe, UnknownName: that part of the question cannot be answered.
    """
    resumed = await gateway.snapshots.resumed(after, as_of)
    if of is not None and asked is not None:
        raise BadRequest(
            "Both a phrase and a filter are given.", "Ask with `of` or with `filter`.", code="AMBIGUOUS_QUESTION"
        )
    if of is not None:
        question = read_question(of, resumed.standings)
        asked, first = question.filter, question.first if first is None else first
    asked = asked or Filter()
    wanted = check_page(first, _FIRST, gateway.settings.max_page)
    mark = fingerprint(asked.canonical, recipe.hash)
    position = resumed.of(mark, after)
    ranked = await gateway.rank(asked, recipe, standings=resumed.standings)
    if not len(ranked):
        raise _nobody(ranked)
    page = Page.after(position, wanted, len(ranked))
    return RankingPage(ranked, page, wanted, mark)


def _nobody(ranked: Ranked) -> BadRequest:
    reasons = "; ".join(f"{exclusion.reason}: {exclusion.count}" for exclusion in ranked.excluded)
    known = f"{ranked.considered} {'voice is' if ranked.considered == 1 else 'voices are'} known"
    return BadRequest(
        f"The ranking is empty: {known} and none is left{f' ({reasons})' if reasons else ''}.",
        "Ask for less in the filter, lower the recipe's minimum of providers, or import figures with `renown import`.",
        code="EMPTY_RANKING",
    )
