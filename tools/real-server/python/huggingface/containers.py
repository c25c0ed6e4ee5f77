"""The default container of Inference Endpoints: one model, exact tables of media types, 400 for every failure."""
import json

from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, PlainTextResponse, Response

from access import denied
from pipelines import BY_TASK, Refused, opened, run

IMAGES = {f"image/{kind}" for kind in ("jpeg", "jpg", "png", "webp", "bmp", "gif", "tiff", "x-image")}
AUDIO = {
    f"audio/{kind}"
    for kind in (
        *("x-flac", "flac", "mpeg", "x-mpeg-3", "wave", "wav", "x-wav", "ogg", "x-audio", "webm"),
        *("webm;codecs=opus", "AMR", "amr", "AMR-WB", "AMR-WB+", "m4a", "x-m4a"),
    )
}
# Exact: the lower-case charset is refused.
JSONS = {"application/json", "application/json; charset=UTF-8"}
SUPPORTED = ", ".join(sorted(IMAGES | AUDIO | JSONS))


def query_value(text):
    """Truth values and integers are read; 0.5 stays text, and the pipeline then fails."""
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    try:
        return int(text)
    except ValueError:
        return text


def inputs_of(content_type, body, query):
    if not content_type:
        raise Refused("Content-Type header is missing")
    if content_type in JSONS:
        try:
            document = json.loads(body)
        except ValueError as error:
            raise Refused(f"Body is not valid JSON: {error}") from error
        if not isinstance(document, dict) or "inputs" not in document:
            # The real container echoes the whole body here.
            raise Refused(f"Body needs to provide a inputs key, received: {body!r}")
        return document["inputs"], document.get("parameters") or {}
    if content_type in IMAGES:
        return opened(body), query
    if content_type in AUDIO:
        return body, query
    raise Refused(f'Content type "{content_type}" not supported. Supported content types are: {SUPPORTED}')


async def container(request):
    task = request.path_params["task"]
    if task not in BY_TASK:
        return PlainTextResponse("Not Found", 404)
    if denied(request):
        return Response(status_code=401)
    try:
        accept = request.headers.get("accept") or "*/*"
        if accept not in ("*/*", "application/json"):
            raise Refused(
                f'Accept type "{accept}" not supported. Supported accept types are: application/json, */*'
            )
        query = {name: query_value(value) for name, value in request.query_params.items()}
        inputs, parameters = inputs_of(request.headers.get("content-type"), await request.body(), query)
        return JSONResponse(await run(task, None, inputs, parameters))
    except ClientDisconnect:
        raise
    except Exception as error:  # whatever went wrong: 400
        return JSONResponse({"error": str(error)}, 400)


async def ok(request):
    return PlainTextResponse("Ok")


async def metrics(request):
    return PlainTextResponse("# TYPE hf_requests_total counter\nhf_requests_total 1\n")
