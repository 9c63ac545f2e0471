"""A small upstream on a real loopback port."""

import socket
import threading
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route


@contextmanager
def serving(endpoint):
    """Serve one endpoint at every path; gives the base URL."""
    app = Starlette(routes=[Route("/{path:path}", endpoint)])
    # It listens before the server runs: the first call waits, and is not refused and tried again.
    with socket.create_server(("127.0.0.1", 0)) as listener:
        config = uvicorn.Config(
            app, log_config=None, access_log=False, ws="none", lifespan="off", timeout_graceful_shutdown=1
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


async def hang(request):
    """An endpoint that never answers; it ends when the client gives up."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
    return Response()
