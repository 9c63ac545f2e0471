"""Recipes, their differences and dry runs as JSON values. What the GraphQL schema has too has its keys.

A recipe: `hash`, `canonical`, `explanation`; of a name also `name`, `version`, `forkedFrom` (a hash or null), `note`,
`createdAt`. Differences: `before`, `after` (hashes), `differences` (`field`, `label`, `before`, `after` in words). A
dry run: `before`, `after` (hashes), `snapshot`, `ranked` (by either), `inBoth`, `moved`, `movedThreeOrMore`, `entered`,
`left`, `kendallTau` (null where it cannot be told) and `mostMoved` (`voice`, `name`, `before`, `after` as places).
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from renown.cli.ranking_lines import name_of

if TYPE_CHECKING:
    from renown.gateway import VoiceRecord
    from renown.gateway.dry_run import DryRun
    from renown.scoring import Recipe
    from renown.scoring.recipe_diff import Difference
    from renown.store import RecipeName


def recipe_json(recipe: "Recipe", entry: "RecipeName | None") -> dict[str, Any]:
    """A recipe, with its name where it was asked for by one."""
    said = {"hash": recipe.hash, "canonical": recipe.canonical, "explanation": recipe.explanation}
    if entry is None:
        return said
    named = {"name": entry.name, "version": entry.version, "forkedFrom": entry.forked_from, "note": entry.note}
    return named | said | {"createdAt": entry.created_at.isoformat()}


def differences_json(before: "Recipe", after: "Recipe", found: "Sequence[Difference]") -> dict[str, Any]:
    """In what two recipes differ."""
    told = [{"field": d.field, "label": d.label, "before": d.before, "after": d.after} for d in found]
    return {"before": before.hash, "after": after.hash, "differences": told}


def dry_run_json(ran: "DryRun", records: "Mapping[str, VoiceRecord]") -> dict[str, Any]:
    """Whom another recipe would move."""
    return {
        "before": ran.before.recipe.hash,
        "after": ran.after.recipe.hash,
        "snapshot": ran.before.standings.snapshot,
        "ranked": {"before": len(ran.before), "after": len(ran.after)},
        "inBoth": ran.in_both,
        "moved": ran.moved,
        "movedThreeOrMore": ran.moved_far,
        "entered": ran.entered,
        "left": ran.left,
        "kendallTau": ran.tau,
        "mostMoved": [
            {"voice": move.voice, "name": name_of(records[move.voice]), "before": move.before, "after": move.after}
            for move in ran.most_moved
        ],
    }
