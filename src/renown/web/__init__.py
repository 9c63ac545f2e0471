"""What a browser or a client sees: the ASGI application, GraphiQL, lock files."""

from renown.web.app import application

__all__ = ["application"]
