"""What plans answer, feature by feature, is what the specification and Strawberry say."""

import pytest
from small_schema import SCHEMA, Loads, said

from renown.api.plan import Documents, Plans

pytestmark = pytest.mark.filterwarnings("ignore::RuntimeWarning")  # Strawberry's own, where a null stops a list


async def test_null_where_one_may_be_takes_the_error():
    """A field that may be null is, with an error at its path; its neighbours stay."""
    data, errors, _ = await said("{ car { name fails twin { fails } } }")
    assert data == {"car": {"name": "Mini", "fails": None, "twin": {"fails": None}}}
    assert [each["path"] for each in errors] == [["car", "fails"], ["car", "twin", "fails"]]


async def test_null_where_none_may_be_goes_up():
    """An error of a field that must not be null takes the next object above that may be; its path stays its own."""
    data, errors, _ = await said("{ car { twin { twin { must } } } sure { name } }")
    assert data == {"car": None, "sure": [{"name": "one"}, {"name": "two"}]}
    assert [each["path"] for each in errors] == [["car", "twin", "twin", "must"]]
    assert errors[0]["locations"] == [{"line": 1, "column": 23}]


async def test_nothing_may_be_null_up_to_the_root():
    """An error that no null takes leaves no data at all."""
    data, errors, _ = await said("{ numbers }")
    assert data is None
    assert [each["path"] for each in errors] == [["numbers", 2]]


async def test_lists_of_errors():
    """An error in the place of an item is that item's; null items stay null."""
    data, errors, _ = await said("{ cars { name } }")
    assert data == {"cars": [{"name": "one"}, None, None, {"name": "two"}]}
    assert [(each["path"], each["message"]) for each in errors] == [(["cars", 1], "no car here")]


async def test_null_item_takes_its_list():
    """A null among items that must not be null takes the whole list, and the path names the item."""
    data, errors, _ = await said("{ broken { name } }")
    assert data == {"broken": None}
    assert [each["path"] for each in errors] == [["broken", 1]]


async def test_error_in_each_item():
    """The path of an error says which item it is in."""
    _, errors, _ = await said("{ sure { fails twin { fails } } }")
    assert sorted(map(str, (each["path"] for each in errors))) == [
        "['sure', 0, 'fails']",
        "['sure', 0, 'twin', 'fails']",
        "['sure', 1, 'fails']",
        "['sure', 1, 'twin', 'fails']",
    ]


async def test_unions_and_interfaces():
    """Each object is asked what fragments ask of its type, or of an interface it has; others answer nothing."""
    data, _, _ = await said(
        "{ things { __typename ... on Named { name } ...Red ... on Road { length } } named { ... on Road { name } } }"
        " fragment Red on Car { colour }"
    )
    assert data == {
        "things": [
            {"__typename": "Car", "name": "one", "colour": "BLUE"},
            {"__typename": "Road", "name": "A1", "length": 1.0},
            {"__typename": "Car", "name": "two", "colour": "RED"},
        ],
        "named": [{}, {"name": "A1"}],
    }


async def test_selections_of_one_field_are_merged():
    """The same field selected in several places is answered once, with all that is asked below it."""
    data, _, _ = await said(
        "{ car { twin { name } ...More } ... { car { colour } } } fragment More on Car { twin { colour } }"
    )
    assert data == {"car": {"twin": {"name": "Mini's twin", "colour": "RED"}, "colour": "RED"}}


async def test_aliases_with_different_arguments():
    """A field can be asked several times by different names."""
    data, _, _ = await said(
        '{ a: car(name: "A") { name } b: car { double: times triple: times(number: 3) none: times(of: null) } }'
    )
    assert data == {"a": {"name": "A"}, "b": {"double": 3.0, "triple": 4.5, "none": None}}


@pytest.mark.parametrize("without", [True, False])
async def test_conditions_by_variables(without):
    """`@skip` and `@include` on fields and fragments go by the variables of each request."""
    query = """query ($without: Boolean!, $with: Boolean = true) {
      car @include(if: $with) { name @skip(if: $without) ... @include(if: $without) { colour } }
    }"""
    data, _, _ = await said(query, {"without": without})
    assert data == {"car": {"colour": "RED"} if without else {"name": "Mini"}}


async def test_arguments_of_every_kind():
    """Objects, lists, defaults of variables, of arguments and of fields of input objects are read as ever."""
    query = """query ($size: Size! = { width: 2 }, $width: Int! = 7, $sizes: [Size!]) {
      a: area(size: $size) b: area(size: { width: 1, height: $width }, also: [{ width: $width }])
      c: area(size: { width: 1 }, also: $sizes)
    }"""
    assert (await said(query))[0] == {"a": 6, "b": 14, "c": 3}
    given = {"size": {"width": 5}, "width": 2, "sizes": [{"width": 1}, {"width": 1}]}
    assert (await said(query, given))[0] == {"a": 15, "b": 4, "c": 5}


async def test_argument_that_turns_out_null_is_an_error_of_its_field():
    """A null given for a variable with a default, where the argument must not be null, fails that field only."""
    query = "query ($number: Int = 1) { car { name times(number: $number) } }"
    data, errors, _ = await said(query, {"number": None})
    assert data == {"car": {"name": "Mini", "times": None}}
    assert [each["path"] for each in errors] == [["car", "times"]]


async def test_what_is_loaded_is_loaded_together():
    """Asynchronous fields of all items are at work at once: what they load comes in one batch, each name once."""
    data, _, batches = await said("{ sure { loaded again: loaded twin { loaded } } }")
    assert data["sure"][1] == {"loaded": "TWO", "again": "TWO", "twin": {"loaded": "TWO'S TWIN"}}
    assert batches == [["one", "one's twin", "two", "two's twin"]]


async def test_asynchronous_error_goes_up():
    """An error that comes later goes up to the next null all the same."""
    data, errors, _ = await said("{ car { twin { mustLater } } }")
    assert data == {"car": None}
    assert [(each["path"], each["message"]) for each in errors] == [(["car", "twin", "mustLater"], "MINI'S TWIN")]


async def test_deep_nesting():
    """Objects may be nested deeper than Python nests its own statements."""
    query = "{ car " + "{ twin " * 40 + "{ name fails }" + "}" * 40 + " }"
    _, errors, _ = await said(query)
    assert errors[0]["path"] == ["car", *["twin"] * 40, "fails"]


async def test_operations_by_name():
    """Of several operations the one named is run; the first where none is."""
    document = 'query First { car { name } } query Second { car(name: "S") { name } }'
    assert (await said(document))[0] == {"car": {"name": "Mini"}}
    assert (await said(document, name="Second"))[0] == {"car": {"name": "S"}}


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        ("{ __schema { queryType { name } } }", {}),
        ("{ unknown }", {}),
        ("{ car {", {}),
        ("query ($n: Int!) { car { times(number: $n) } }", {"n": "three"}),
        ("query ($n: Int!) { car { times(number: $n) } }", {}),
        ("query A { numbers } query B { numbers }", None),
    ],
)
async def test_what_is_not_for_a_plan(query, variables):
    """Introspection, what cannot be read or is not valid, and wrong variables are left to Strawberry."""
    plans = Plans(SCHEMA, Documents([], 1_000))
    name = "C" if variables is None else None
    assert await plans.answer(query, variables or {}, name, Loads()) is None
    assert plans.answered == 0


async def test_short_document_that_spells_out_to_millions_is_left_alone():
    """Fragments within fragments that grow without end are not written out."""
    levels = [f"fragment F{n} on Car {{ a: twin {{ ...F{n + 1} }} b: twin {{ ...F{n + 1} }} }}" for n in range(20)]
    document = "{ car { ...F0 } } " + " ".join(levels) + " fragment F20 on Car { name }"
    assert await Plans(SCHEMA, Documents([], 10_000)).answer(document, {}, None, Loads()) is None
