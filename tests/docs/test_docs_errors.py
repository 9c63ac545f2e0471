"""docs/errors.md lists every error code and every reason for an absence."""

import ast
from collections.abc import Iterator
from pathlib import Path

from documents import ROOT, first_cells, section

from renown.claims import AbsenceReason
from renown.errors import ProviderFailure, RenownError

_SOURCES = [ast.parse(path.read_text(encoding="utf-8")) for path in Path(ROOT / "src/renown").rglob("*.py")]


def _classes(root: type[RenownError]) -> Iterator[type[RenownError]]:
    yield root
    for each in root.__subclasses__():
        yield from _classes(each)


def _called(node: ast.AST) -> str:
    function = node.func if isinstance(node, ast.Call) else None
    return (
        function.id if isinstance(function, ast.Name) else function.attr if isinstance(function, ast.Attribute) else ""
    )


def _literal(node: ast.AST) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _given_codes() -> set[str]:
    """What is passed as `code="..."`."""
    calls = [node for tree in _SOURCES for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {code for call in calls for word in call.keywords if word.arg == "code" and (code := _literal(word.value))}


def _named_codes() -> set[str]:
    """The UNKNOWN_... of each kind of name: given to `UnknownName` itself, or to a function that hands it on."""
    raised = [
        call
        for tree in _SOURCES
        for node in ast.walk(tree)
        if isinstance(node, ast.Raise)
        for call in ast.walk(node)
        if _called(call) == "UnknownName" and isinstance(call, ast.Call)
    ]
    # Where it is told as the reason of a refused row, its code is not shown.
    told = {
        id(inner)
        for tree in _SOURCES
        for node in ast.walk(tree)
        if _called(node) == "Refused"
        for inner in ast.walk(node)
    }
    kinds = {kind for call in raised if id(call) not in told and (kind := _literal(call.args[0]))}
    return {f"UNKNOWN_{kind.upper().replace(' ', '_')}" for kind in kinds | _handed_on()}


def _handed_on() -> set[str]:
    """The kinds given to functions whose parameter `what` goes into `UnknownName`."""
    functions = [node for tree in _SOURCES for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    places = {
        function.name: [argument.arg for argument in function.args.args].index("what")
        for function in functions
        for call in ast.walk(function)
        if _called(call) == "UnknownName" and isinstance(call, ast.Call) and isinstance(call.args[0], ast.Name)
    }
    calls = [node for tree in _SOURCES for node in ast.walk(tree) if _called(node) in places]
    return {kind for call in calls if (kind := _literal(call.args[places[_called(call)]]))}


def test_every_error_code_is_in_the_table():
    """The codes of the error tree and those given in the source are the rows of the table, in alphabetical order."""
    failures = {failure.code for failure in _classes(ProviderFailure)} - {ProviderFailure.code}
    tree = {error.code for error in _classes(RenownError)} - failures
    assert first_cells(section("docs/errors.md", "Error codes")) == sorted(tree | _given_codes() | _named_codes())


def test_every_reason_for_an_absence_is_in_the_table():
    """The reasons are the rows of the table, in the order in which the program gives them."""
    assert first_cells(section("docs/errors.md", "Reasons for an absence")) == list(AbsenceReason)


def test_a_provider_failure_is_named_as_its_absence_is():
    """Each kind of failure has a reason for an absence by the same word."""
    kinds = {failure.code for failure in _classes(ProviderFailure)} - {ProviderFailure.code}
    assert kinds <= set(AbsenceReason)
