"""Documents read once: parsed and validated by text, for the plans and for Strawberry alike."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from graphql import ASTValidationRule, DocumentNode, GraphQLError, GraphQLSchema, parse, specified_rules
from strawberry.extensions import SchemaExtension
from strawberry.schema.schema import validate_document

_KEPT = 500


@dataclass(frozen=True, slots=True)
class Document:
    """A document that could be parsed, and what validation has against it."""

    node: DocumentNode
    errors: Sequence[GraphQLError]


class Documents:
    """The documents of one schema; the last ones asked for are kept."""

    def __init__(self, rules: Sequence[type[ASTValidationRule]], most_tokens: int) -> None:
        self._rules = (*specified_rules, *rules)
        self._most_tokens = most_tokens
        self._read = lru_cache(maxsize=_KEPT)(self._read_anew)

    def read(self, schema: GraphQLSchema, text: str) -> Document:
        """The document of a text.

        Raises:
            GraphQLError: it cannot be parsed, or has too many tokens.
        """
        return self._read(schema, text)

    def _read_anew(self, schema: GraphQLSchema, text: str) -> Document:
        node = parse(text, max_tokens=self._most_tokens)
        return Document(node, tuple(validate_document(schema, node, self._rules)))


class KeptDocuments(SchemaExtension):
    """Gives Strawberry the documents that are kept, in the place of its own parsing and validating."""

    def __init__(self, documents: Documents) -> None:
        super().__init__()
        self._documents = documents

    def on_parse(self) -> Iterator[None]:
        """Parses and validates, or finds what was parsed and validated before."""
        asked = self.execution_context
        self._document = self._documents.read(asked.schema._schema, asked.query or "")  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - Strawberry has no public face for it
        asked.graphql_document = self._document.node
        yield

    def on_validate(self) -> Iterator[None]:
        """Says what was found when the document was first read."""
        self.execution_context.pre_execution_errors = list(self._document.errors)
        yield
