"""Nobody enters the directory from somebody else's word: a vouch is taken only between two who are in it."""

from collections.abc import Iterable, Mapping, Sequence

from renown.claims import Account, Claim, vouch_in
from renown.errors import Refusal
from renown.providers import Import
from renown.store import Store, StoredAccount


async def known_only(store: Store, tables: Sequence[Import]) -> list[Import]:
    """The same imports; vouches of, or for, accounts that are not in the directory are refused.

    Whoever comes in with figures or declarations of one of these imports counts as being there.
    """
    coming = [account for table in tables if not any(map(_ends, table.claims)) for account in table.accounts]
    return [await _checked(store, table, coming) for table in tables]


async def _checked(store: Store, table: Import, coming: Iterable[Account]) -> Import:
    ends = {claim.id: pair for claim in table.claims if (pair := _ends(claim))}
    if not ends:
        return table
    known = {account.key: StoredAccount(account, account.key) for account in coming}
    held = await store.accounts(sorted({key for pair in ends.values() for key in pair}))
    known |= {stored.account.key: stored for stored in held}
    refused = {id_: why for id_, (voucher, subject) in ends.items() if (why := _why_not(voucher, subject, known))}
    kept = tuple(claim for claim in table.claims if claim.id not in refused)
    return Import(
        claims=kept,
        # In the spelling that is held: how somebody else writes a handle is no news of it.
        accounts=tuple(known[key].account for key in dict.fromkeys(claim.subject for claim in kept)),
        refusals=_by_line([*table.refusals, *(_refusal(table, id_, *why) for id_, why in refused.items())]),
        lines=table.lines,
    )


def _ends(claim: Claim) -> tuple[str, str] | None:
    """The accounts of the voucher and of the one vouched for; None where the claim is no vouch."""
    vouch = vouch_in(claim.field)
    return vouch and (vouch[1], claim.subject)


def _why_not(voucher: str, subject: str, known: Mapping[str, StoredAccount]) -> tuple[str, str] | None:
    """The column at fault and the reason; None where the vouch may come in."""
    for column, key in (("voucher", voucher), ("handle", subject)):
        if key not in known:
            return column, f"{key} is not in the directory; import them first"
    if known[voucher].voice == known[subject].voice:
        return "voucher", f"{voucher} and {subject} are one voice, and nobody vouches for themself"
    return None


def _refusal(table: Import, claim_id: str, column: str, reason: str) -> Refusal:
    return Refusal(table.lines[claim_id], column, reason)


def _by_line(refusals: list[Refusal]) -> tuple[Refusal, ...]:
    return tuple(sorted(refusals, key=lambda refusal: refusal.line))
