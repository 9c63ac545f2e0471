"""A movement in plain words: what each cause was, and the whole of it in two sentences."""

from collections.abc import Mapping, Sequence

import numpy as np

from renown.gateway.method_change import method_changed
from renown.gateway.worlds import Side, Worlds, counts_age
from renown.scoring.movement import Cause, CausePart

_SHORT = 16  # digits of a hash that name it
_SAID = {
    Cause.OWN_CHANGE: "its own scores",
    Cause.PEERS: "the others' scores",
    Cause.UNIVERSE: "who came or went",
    Cause.PROVIDER_METHOD: "a provider's method",
    Cause.RECIPE: "the recipe",
    Cause.STALENESS: "the age of scores",
}


def statement(places: tuple[int, int], values: tuple[float, float], parts: Sequence[CausePart]) -> str:
    """Where it stood and stands; then what moved it, the largest part first."""
    place = f"place {places[0]}" if places[0] == places[1] else f"place {places[0]} to {places[1]}"
    value = f"{values[0]:.6f}" if values[0] == values[1] else f"{values[0]:.6f} to {values[1]:.6f}"
    moving = sorted(
        (part for part in parts if part.places or part.units), key=lambda part: (-abs(part.places), -abs(part.units))
    )
    if not moving:
        return f"It stands where it stood: {place}, composite {value}."
    causes = "; ".join(f"{_SAID[part.cause]} ({_parts(part)})" for part in moving)
    return f"It went from {place}, composite {value}. What moved it: {causes}."


def explanations(worlds: Worlds, names: Mapping[str, str]) -> dict[Cause, str]:
    """A sentence for each cause: what changed, or that nothing did. `names` are the providers', by slug."""
    return {
        Cause.OWN_CHANGE: _own(worlds, names),
        Cause.PEERS: _peers(worlds),
        Cause.UNIVERSE: _universe(worlds),
        Cause.PROVIDER_METHOD: _method(worlds, names),
        Cause.RECIPE: _recipe(worlds),
        Cause.STALENESS: _staleness(worlds),
    }


def _parts(part: CausePart) -> str:
    said = [f"{part.places:+d} {'place' if abs(part.places) == 1 else 'places'}"] if part.places else []
    return ", ".join([*said, f"{part.points:+.6f}"] if part.units else said)


def _own(worlds: Worlds, names: Mapping[str, str]) -> str:
    changes = [
        f"{names.get(provider, provider)} {_change(before, after)}"
        for provider, before, after, changed in zip(
            worlds.now.ranked.standings.providers,
            worlds.then.raw[worlds.own].tolist(),
            worlds.now.raw[worlds.own].tolist(),
            worlds.rescored[worlds.own].tolist(),
            strict=True,
        )
        if changed
    ]
    return f"Its own scores changed: {'; '.join(changes)}." if changes else "Its own scores are what they were."


def _change(before: float, after: float) -> str:
    if np.isnan(before):
        return f"came, {_number(after)}"
    return f"went, it was {_number(before)}" if np.isnan(after) else f"{_number(before)} to {_number(after)}"


def _peers(worlds: Worlds) -> str:
    changed = worlds.rescored_peers
    ranked = _count(int((changed & (worlds.then.placed | worlds.now.placed)).sum()))
    if not changed.any():
        return "Nobody else's scores changed."
    return f"The scores of {ranked} in the ranking changed, and of {_count(int(changed.sum()))} in all."


def _universe(worlds: Worlds) -> str:
    before, after = worlds.known
    inside = worlds.then.matches & before, worlds.now.matches & after
    if np.array_equal(*inside) and np.array_equal(before, after):
        return "Nobody came and nobody went."
    came, went = int((worlds.now.placed & ~inside[0]).sum()), int((worlds.then.placed & ~inside[1]).sum())
    every_came, every_went = int((after & ~before).sum()), int((before & ~after).sum())
    return (
        f"Into the ranking came {_count(came)}, and out of it went {_count(went)}; "
        f"among all that are known, {every_came:,} came and {every_went:,} went."
    )


def _method(worlds: Worlds, names: Mapping[str, str]) -> str:
    then, now = worlds.then.ranked.standings, worlds.now.ranked.standings
    said = [
        f"{names.get(provider, provider)} changed its method on {day:%d %B %Y}: its scores of both sides are matched, "
        "and only the rest is anybody's own change."
        for provider, day in method_changed(then, now).items()
    ]
    versions = [each.reference.version if each.reference else None for each in (then, now)]
    if versions[0] != versions[1]:
        one, other = (version[:_SHORT] if version else "none" for version in versions)
        said.append(f"The frozen reference was {one} and is {other}.")
    return " ".join(said) or "No provider changed its method, and the reference is what it was."


def _recipe(worlds: Worlds) -> str:
    one, other = (side.ranked.recipe.hash[:_SHORT] for side in (worlds.then, worlds.now))
    return f"The recipe is what it was, {one}." if one == other else f"The recipe was {one} and is {other}."


def _staleness(worlds: Worlds) -> str:
    if not any(counts_age(side.ranked.recipe) for side in (worlds.then, worlds.now)):
        return "The recipe does not count the age of a score."
    ages = _age(worlds, worlds.then), _age(worlds, worlds.now)
    return f"Its oldest score was {ages[0]} and is {ages[1]}; the age of a score takes from its weight."


def _age(worlds: Worlds, side: Side) -> str:
    held = side.observed[worlds.own][worlds.counted & ~np.isnan(side.raw[worlds.own])]
    days = (side.moment.timestamp() - float(held.min())) / 86_400
    return f"{max(days, 0.0):.1f} days old"


def _count(number: int) -> str:
    return f"{number:,} {'voice' if number == 1 else 'voices'}"


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() else str(value)
