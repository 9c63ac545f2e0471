"""Whom the emulators know: one JSON file for all of them, checked when it is read."""

from collections import Counter
from collections.abc import Container, Iterable
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Self

import msgspec
from msgspec import Meta

from renown.emulators.accounts import Account
from renown.emulators.population import DEMO_APP_ID, DEMO_KEY, population


class Dataset(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A whole data file. `key` opens every emulator; Kred wants `app_id` beside it. `note` says what the file is."""

    key: Annotated[str, Meta(min_length=1)]
    app_id: Annotated[str, Meta(min_length=1)] | None = None
    note: str = ""
    accounts: tuple[Account, ...]

    def __post_init__(self) -> None:
        _refuse_twins("handle", (a.handle.casefold() for a in self.accounts))
        _refuse_twins("Twitter id", (a.twitter_id for a in self.accounts if a.twitter_id))
        _refuse_twins("Google+ id", (a.google_plus_id for a in self.accounts if a.google_plus_id))
        _refuse_twins("Instagram id", (a.instagram_id for a in self.accounts if a.instagram_id))
        _refuse_twins("Facebook id", (a.facebook_id for a in self.accounts if a.facebook_id))
        _refuse_twins("Klout id", (a.klout.id for a in self.accounts if a.klout))
        _refuse_twins("PeerIndex id", (a.peerindex.id for a in self.accounts if a.peerindex))
        on_klout = {a.handle.casefold(): a.klout for a in self.accounts if a.klout}
        on_peerindex = {a.handle.casefold(): a.peerindex for a in self.accounts if a.peerindex}
        for klout in on_klout.values():
            _refuse_strangers("Klout", klout.influencers + klout.influencees, on_klout)
        for peerindex in on_peerindex.values():
            _refuse_strangers("PeerIndex", peerindex.influenced_by + peerindex.influences, on_peerindex)

    @classmethod
    def from_json(cls, obj: Any) -> Self:
        """A data set from decoded JSON.

        Raises:
            ValueError: it is not one; says what is wrong and where.
        """
        try:
            return msgspec.convert(obj, cls)
        except msgspec.ValidationError as error:
            raise ValueError(f"not an emulator's data set: {error}") from error

    @classmethod
    def synthetic(cls, size: int, seed: int) -> Self:
        """So many invented accounts, opened by the key of the shipped example.

        The same seed gives the same accounts, and a smaller data set is the beginning of a larger one.

        Raises:
            ValueError: a negative size or seed.
        """
        note = f"Synthetic: {size} invented accounts with invented numbers, seed {seed}. Nobody real is meant."
        return cls(key=DEMO_KEY, app_id=DEMO_APP_ID, note=note, accounts=tuple(population(size, seed)))


def read_dataset(path: str | Path) -> Dataset:
    """The data set in this file (UTF-8 JSON).

    Raises:
        OSError: the file cannot be read.
        ValueError: it holds no data set; names the file, what is wrong and where.
    """
    try:
        return Dataset.from_json(msgspec.json.decode(Path(path).read_bytes()))
    except msgspec.DecodeError as error:
        raise ValueError(f"{path} is not JSON: {error}") from error
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error


def read_example() -> Dataset:
    """The small synthetic data set that is shipped, for a first try without a file."""
    return Dataset.from_json(msgspec.json.decode(files("renown.emulators").joinpath("example.json").read_bytes()))


def _refuse_twins(what: str, values: Iterable[str]) -> None:
    twins = [value for value, count in Counter(values).items() if count > 1]
    if twins:
        raise ValueError(f"the {what} {twins[0]!r} stands on more than one account")


def _refuse_strangers(provider: str, handles: Iterable[str], known: Container[str]) -> None:
    strangers = [name for handle in handles if (name := handle.casefold()) not in known]
    if strangers:
        raise ValueError(f"{min(strangers)!r} is named as somebody {provider} knows, but has no part of it here")
