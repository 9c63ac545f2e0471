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
    """What is passed as `code="..."`, or written as `{"code": "..."}`."""
    nodes = [node for tree in _SOURCES for node in ast.walk(tree)]
    words = [word.value for call in nodes if isinstance(call, ast.Call) for word in call.keywords if word.arg == "code"]
    for node in nodes:
        if isinstance(node, ast.Dict):
            words += [
                value for key, value in zip(node.keys, node.values, strict=True) if key and _literal(key) == "code"
            ]
    return {code for word in words if (code := _literal(word))}


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
    """The kinds given to functions that hand their parameter `what` on to `UnknownName`."""
    kinds = set()
    for home in _SOURCES:
        for function in ast.walk(home):
            if isinstance(function, ast.FunctionDef) and _hands_on(function):
                place = [argument.arg for argument in function.args.args].index("what")
                callers = [home] if function.name.startswith("_") else _SOURCES
                for caller in (
                    node for tree in callers for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)
                ):
                    calls = [node for node in ast.walk(caller) if _called(node) == function.name]
                    given = [_literal(call.args[place]) for call in calls if isinstance(call, ast.Call)]
                    # What is no literal is a key of a table beside the call.
                    kinds |= {*given} | (_keys(caller) if None in given else set())
    return {kind for kind in kinds if kind}


def _keys(function: ast.FunctionDef) -> set[str | None]:
    tables = [node for node in ast.walk(function) if isinstance(node, ast.Dict)]
    return {_literal(key) for table in tables for key in table.keys if key}


def _hands_on(function: ast.FunctionDef) -> bool:
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call) and _called(node) == "UnknownName"]
    return any(isinstance(call.args[0], ast.Name) and call.args[0].id == "what" for call in calls)


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
