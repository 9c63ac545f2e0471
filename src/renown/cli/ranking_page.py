"""A page of a ranking in the format asked for."""

import shlex
from collections.abc import Callable
from typing import TYPE_CHECKING

from renown.cli.claims_json import print_json
from renown.cli.leave_one_out import leave_one_out_json, print_leave_one_out
from renown.cli.options import Format
from renown.cli.rank_checks import print_rank_checks, rank_checks_json
from renown.cli.ranking_csv import print_ranking_csv
from renown.cli.ranking_json import ranking_json
from renown.cli.ranking_lines import lines_of
from renown.cli.ranking_notes import ranking_notes
from renown.cli.ranking_table import print_ranking
from renown.cli.terminal import say

if TYPE_CHECKING:
    from renown.gateway import Gateway
    from renown.gateway.asked import RankingPage


async def print_page(
    gateway: "Gateway",
    answered: "RankingPage",
    output: Format,
    *,
    title: str,
    walk: Callable[[str], str],
    leave_one_out: bool = False,
    check: bool = False,
) -> None:
    """The voices of the page; with the table what there is to know of it, and how to `walk` on from a handle.

    With `leave_one_out` also what each provider's absence would change; with `check` how far other methods agree.
    """
    ranked, page = answered.ranked, answered.page
    lines = await lines_of(gateway, ranked, page.start, page.stop)
    cursor = answered.cursor(page.stop - 1) if page.stop < page.total else None
    if output is Format.CSV:
        print_ranking_csv(ranked, lines)
    elif output is Format.JSON:
        of_page = {"understoodAs": answered.understood_as, "hasNextPage": cursor is not None, "endCursor": cursor}
        left_out = {"leaveOneOut": await leave_one_out_json(gateway, ranked)} if leave_one_out else {}
        checked = {"checks": rank_checks_json(ranked)} if check else {}
        print_json(of_page | ranking_json(ranked, lines, gateway.now()) | left_out | checked)
    else:
        print_ranking(gateway, ranked, lines, title)
        if leave_one_out:
            await print_leave_one_out(gateway, ranked)
        if check:
            print_rank_checks(ranked)
        say(f"Read as: {answered.understood_as}")
        for paragraph in ranking_notes(gateway, ranked, lines):
            say(paragraph)
        if cursor is not None:
            say(f"Next page: the same command with --after {cursor}")
        if lines:
            say(f"To walk these values to their sources: {walk(lines[0].handle)}")


def voice_command(handle: str, database: str | None) -> str:
    """The command that shows a voice with its sources."""
    return shlex.join(["renown", "voice", handle, *([] if database is None else ["--db", database])])
