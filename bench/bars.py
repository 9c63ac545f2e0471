"""Bars as SVG, with no library: one group a mode, one bar a server, on a scale that begins at zero."""

from collections.abc import Mapping, Sequence
from html import escape

_WIDTH, _LEFT, _RIGHT = 760, 250, 90
_BAR, _GAP, _HEAD = 20, 6, 34
_ROUND = 100  # from here on no decimals
_OURS, _THEIRS, _INK = "#1f6feb", "#9aa4b2", "#24292f"


def bars(title: str, groups: Mapping[str, Mapping[str, float]], ours: Sequence[str], unit: str) -> str:
    """The picture of these values, by group and name; each group on its own scale, `ours` in another colour."""
    drawn, top = [_text(10, 22, title, size=15, weight="bold")], 40
    for group, values in groups.items():
        drawn.append(_text(10, top + 20, f"{group}, {unit}", weight="bold"))
        top += _HEAD
        longest = max(values.values(), default=0.0) or 1.0
        for name, value in values.items():
            length = (_WIDTH - _LEFT - _RIGHT) * value / longest
            colour = _OURS if name in ours else _THEIRS
            drawn.append(f'<rect x="{_LEFT}" y="{top}" width="{length:.1f}" height="{_BAR}" fill="{colour}"/>')
            drawn.append(_text(_LEFT - 8, top + 15, name, anchor="end"))
            drawn.append(_text(_LEFT + length + 6, top + 15, f"{value:,.0f}" if value >= _ROUND else f"{value:,.1f}"))
            top += _BAR + _GAP
        top += 8
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {top}" role="img" '
        f'font-family="system-ui, sans-serif"><title>{escape(title)}</title>'
        f'<rect width="100%" height="100%" fill="#ffffff"/>\n' + "\n".join(drawn) + "\n</svg>\n"
    )


def _text(x: float, y: float, said: str, *, size: int = 12, anchor: str = "start", weight: str = "normal") -> str:
    style = f'font-size="{size}" font-weight="{weight}" text-anchor="{anchor}" fill="{_INK}"'
    return f'<text x="{x:.1f}" y="{y}" {style}>{escape(said)}</text>'
