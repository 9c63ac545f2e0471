"""The API gateway in front of Klout and of PeerIndex's last API: it answered for bad keys, quotas and unknown paths.

Sources: clarkf/KloutSimple's recorded fixtures (unknown path); for the default bodies, captures of other APIs behind
the same product (hotelbeds-sdk/hotel-api-sdk-php issue 137, the adidas API guidelines).
"""

from starlette.responses import Response

from renown.emulators.answers import answer

PROXY = {"Server": "Mashery Proxy"}
OVER_RATE_RETRY_AFTER = "3600"  # seconds; the real ones ran to the end of the day


def developer_inactive(*, assumed: bool = False) -> Response:
    """A bad, missing or retired key, in the gateway's default wording. Recorded for PeerIndex, assumed elsewhere."""
    details = {"X-Mashery-Error-Code": "ERR_403_DEVELOPER_INACTIVE", "X-Error-Detail-Header": "Account Inactive"}
    return answer(b"<h1>Developer Inactive</h1>", "text/xml", status=403, headers=PROXY | details, assumed=assumed)


def over_rate() -> Response:
    """The day's quota is used up. Code and Retry-After are on record for our providers, the body is not."""
    details = {
        "X-Mashery-Error-Code": "ERR_403_DEVELOPER_OVER_RATE",
        "X-Error-Detail-Header": "Account Over Rate Limit",
        "Retry-After": OVER_RATE_RETRY_AFTER,
    }
    return answer(b"<h1>Developer Over Rate</h1>", "text/xml", status=403, headers=PROXY | details, assumed=True)


def over_qps() -> Response:
    """Too many calls in this second. The body is assumed, as in `over_rate`."""
    details = {
        "X-Mashery-Error-Code": "ERR_403_DEVELOPER_OVER_QPS",
        "X-Error-Detail-Header": "Account Over Queries Per Second Limit",
        "Retry-After": "1",
    }
    return answer(b"<h1>Developer Over Qps</h1>", "text/xml", status=403, headers=PROXY | details, assumed=True)


def service_not_found(*, assumed: bool = False) -> Response:
    """A path the gateway does not know; 596 is its own status. Recorded for Klout, assumed elsewhere."""
    details = {"X-Mashery-Error-Code": "ERR_596_SERVICE_NOT_FOUND"}
    body = b"<h1>596 Service Not Found</h1>"
    return answer(body, "text/xml", status=596, headers=PROXY | details, assumed=assumed)
