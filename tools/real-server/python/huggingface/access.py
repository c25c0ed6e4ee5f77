"""Who may ask, and what was asked: the part below /private wants a bearer token, every request is noted for the tests."""
from starlette.responses import JSONResponse

TOKEN = "hf_contract_token"
_NOTED_HEADERS = ("authorization", "content-type", "accept", "x-wait-for-model")
_noted = []


def denied(request):
    if not request.scope.get("root_path", "").startswith("/private"):
        return False
    return request.headers.get("authorization") != f"Bearer {TOKEN}"


class Notes:
    """ASGI middleware: keeps method, path and some headers of every request but those of the tests themselves, and how it ended."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http" or scope["path"].startswith("/_test/"):
            return await self.app(scope, receive, send)
        headers = {name.decode(): value.decode("latin-1") for name, value in scope["headers"]}
        note = {"method": scope["method"], "path": scope["path"], "left": False}
        note["headers"] = {name: headers[name] for name in _NOTED_HEADERS if name in headers}
        _noted.append(note)

        async def noticing():
            message = await receive()
            if message["type"] == "http.disconnect":
                note["left"] = True
            return message

        async def telling(message):
            if message["type"] == "http.response.body" and not message.get("more_body"):
                note["ended"] = True
            await send(message)

        await self.app(scope, noticing, telling)


async def requests(request):
    """GET /_test/requests: the requests since the last DELETE. `left`: the caller went away before `ended`."""
    if request.method == "DELETE":
        _noted.clear()
    return JSONResponse(_noted)
