"""What a client sees of an error: what it did wrong, with a code; of a fault of ours only that there was one."""

from graphql import GraphQLError

from renown.errors import RenownError


def is_fault(error: GraphQLError) -> bool:
    """Whether an error is a fault of ours. What GraphQL itself refuses (syntax, a variable's value) is the client's."""
    return not isinstance(_cause(error), (RenownError, GraphQLError))


def shown(error: GraphQLError) -> GraphQLError:
    """The error as a client sees it. It always has `extensions.code`."""
    if is_fault(error):
        hidden = "Something went wrong here; it has been logged."
        code = {"code": "INTERNAL_ERROR"}
        return GraphQLError(hidden, error.nodes, error.source, error.positions, error.path, extensions=code)
    if "code" not in (error.extensions or {}):
        error.extensions = {"code": "BAD_QUERY", "nextStep": "Compare it with the schema: GraphiQL shows it."}
    return error


def _cause(error: GraphQLError) -> Exception:
    """The exception behind an error, at the end of the chain of those it was wrapped in."""
    cause: Exception = error
    while isinstance(cause, GraphQLError) and cause.original_error is not None:
        cause = cause.original_error
    return cause
