"""The serverless API and the hub: models load when they are first asked for, and say so with 503 meanwhile."""
import asyncio
import json
import time

from starlette.responses import JSONResponse

from access import denied
from language_model import generate
from pipelines import INDEX, VISION, opened, pipe, run

NOT_FOUND = {"x-error-code": "RepoNotFound", "x-error-message": "Repository not found"}
_DEFAULT_SECONDS = 1.0


class Loading:
    """Which models are loaded. `unload` forgets all, and says how long loading takes from then on."""

    def __init__(self):
        self.seconds = _DEFAULT_SECONDS
        self.ready_at = {}

    def unload(self, seconds=_DEFAULT_SECONDS):
        self.seconds = seconds
        self.ready_at = {}

    def begin(self, model):
        self.ready_at.setdefault(model, time.monotonic() + self.seconds)

    def seconds_left(self, model):
        return max(0.0, self.ready_at[model] - time.monotonic())

    def is_loaded(self, model):
        return model in self.ready_at and self.seconds_left(model) == 0


LOADING = Loading()


def unknown(model):
    return JSONResponse({"error": f"Model {model} does not exist"}, 404, NOT_FOUND)


def json_object(body):
    try:
        document = json.loads(body)
    except ValueError:
        return None
    return document if isinstance(document, dict) else None


def waits_for_model(request, document):
    if request.headers.get("x-wait-for-model") in ("1", "true"):
        return True
    return bool(((document or {}).get("options") or {}).get("wait_for_model"))


async def serverless(request):
    model = request.path_params["model"]
    if model not in INDEX:
        return unknown(model)
    if denied(request):
        return JSONResponse({"error": "Authorization header is correct, but the token seems invalid"}, 401)
    task = request.path_params.get("task") or INDEX[model]["task"]
    body = await request.body()
    document = json_object(body)
    LOADING.begin(model)
    if not LOADING.is_loaded(model):
        if not waits_for_model(request, document):
            left = round(max(0.2, LOADING.seconds_left(model)), 2)
            return JSONResponse({"error": f"Model {model} is currently loading", "estimated_time": left}, 503)
        await asyncio.sleep(LOADING.seconds_left(model))
    began = time.monotonic()
    try:
        if task == "text-generation" and document is not None:
            return await generate(request, document)
        if document is not None and "inputs" not in document:
            return JSONResponse({"error": ["Error in `inputs`: field required"]}, 400)
        if document is not None:
            inputs, parameters = document["inputs"], document.get("parameters") or {}
        else:  # no content type is needed here
            inputs, parameters = (opened(body) if task in VISION else body.decode()), {}
        answer = await run(task, model, inputs, parameters)
        headers = {"x-compute-time": f"{time.monotonic() - began:.3f}", "x-compute-type": "cpu"}
        return JSONResponse(answer, headers=headers)
    except Exception as error:
        warning = f"There was an inference error: {error}"
        return JSONResponse({"error": f"unknown error: {error}", "warnings": [warning]}, 400)


async def status(request):
    model = request.path_params["model"]
    if model not in INDEX:
        return JSONResponse({"error": f"Model {model} does not exist"})
    loaded = LOADING.is_loaded(model)
    state = "Loaded" if loaded else "Loadable"
    return JSONResponse(
        {"loaded": loaded, "state": state, "compute_type": "cpu", "framework": "transformers"}
    )


async def framework(request):
    known = request.path_params["name"] == "transformers"
    return JSONResponse(
        [{"model_id": model, "task": entry["task"], "framework": "transformers"} for model, entry in INDEX.items()]
        if known
        else []
    )


async def tasks(request):
    return JSONResponse(
        {entry["task"]: {"models": [{"id": model}], "widgetModels": [model]} for model, entry in INDEX.items()}
    )


async def model_info(request):
    model = request.path_params["model"]
    if model not in INDEX:
        return JSONResponse({"error": "Repository not found"}, 404, NOT_FOUND)
    task = INDEX[model]["task"]
    mapping = {"hf-inference": {"status": "live", "providerId": model, "task": task}}
    return JSONResponse(
        {
            "_id": "0",
            "id": model,
            "modelId": model,
            "pipeline_tag": task,
            "tags": [],
            "siblings": [],
            "inferenceProviderMapping": mapping,
        }
    )


async def unload(request):
    """POST /_test/unload?seconds=2: every model loads again, which takes so long."""
    LOADING.unload(float(request.query_params.get("seconds", _DEFAULT_SECONDS)))
    return JSONResponse({"unloaded": True})


def warm():
    for entry_model, entry in INDEX.items():
        pipe(entry["task"], entry_model)
    pipe("feature-extraction")
