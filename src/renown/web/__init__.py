"""The terminal and web pages a browser sees: ASGI application, GraphiQL, locks."""
