"""A server with the wire rules of the Hugging Face systems, offline, with transformers pipelines behind it.

/endpoints/<task>    the default container of Inference Endpoints, one model each (+ /predict, /health, /metrics)
/llm                 Text Generation Inference (+ /generate, /generate_stream, /v1/chat/completions, /v1/models, /info, /health)
/models/<id>, /pipeline/<task>/<id>, /status/<id>, /framework/<name>     the serverless API
/api/tasks, /api/models/<id>     the hub
/private/...         all of the above, for callers with the bearer token of access.py
/_test/...           what tests need: requests (GET, DELETE), unload (POST)

Settings: REAL_SERVER_MODELS, the folder made by make_models.py; REAL_SERVER_THREADS (1)."""
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount, Route

import access
import containers
import language_model
import serverless
from end_with_parent import watch

GET, POST = ["GET"], ["POST"]
ROUTES = [
    Route("/health", containers.ok, methods=GET),
    Route("/endpoints/{task}", containers.container, methods=POST),
    Route("/endpoints/{task}/predict", containers.container, methods=POST),
    Route("/endpoints/{task}", containers.ok, methods=GET),
    Route("/endpoints/{task}/health", containers.ok, methods=GET),
    Route("/endpoints/{task}/metrics", containers.metrics, methods=GET),
    Route("/llm", language_model.root, methods=POST),
    Route("/llm/", language_model.root, methods=POST),
    Route("/llm/generate", language_model.generate_once, methods=POST),
    Route("/llm/generate_stream", language_model.generate_stream, methods=POST),
    Route("/llm/v1/chat/completions", language_model.chat, methods=POST),
    Route("/llm/v1/models", language_model.models, methods=GET),
    Route("/llm/info", language_model.info, methods=GET),
    Route("/llm/health", language_model.health, methods=GET),
    Route("/models/{model:path}", serverless.serverless, methods=POST),
    Route("/pipeline/{task}/{model:path}", serverless.serverless, methods=POST),
    Route("/status/{model:path}", serverless.status, methods=GET),
    Route("/framework/{name}", serverless.framework, methods=GET),
    Route("/api/tasks", serverless.tasks, methods=GET),
    Route("/api/models/{model:path}", serverless.model_info, methods=GET),
]
TESTS = [
    Route("/_test/requests", access.requests, methods=["GET", "DELETE"]),
    Route("/_test/unload", serverless.unload, methods=POST),
]

watch()
serverless.warm()
app = Starlette(
    routes=[*TESTS, Mount("/private", routes=ROUTES), *ROUTES], middleware=[Middleware(access.Notes)]
)
