"""The models made by make_models.py as transformers pipelines, one request at a time, and what comes out as JSON."""
import asyncio
import base64
import io
import json
import os
import threading

import numpy
import torch
from PIL import Image
from transformers import pipeline

ROOT = os.environ["REAL_SERVER_MODELS"]
with open(os.path.join(ROOT, "index.json"), encoding="utf-8") as file:
    INDEX = json.load(file)
"""Model id -> {"task": ...}."""
BY_TASK = {entry["task"]: model for model, entry in INDEX.items()}
BY_TASK["feature-extraction"] = BY_TASK["fill-mask"]
VISION = {"object-detection", "image-classification", "image-segmentation"}

torch.set_num_threads(int(os.environ.get("REAL_SERVER_THREADS", "1")))
torch.set_grad_enabled(False)

_pipelines = {}
_lock = threading.Lock()
_one_at_a_time = asyncio.Semaphore(1)


class Refused(Exception):
    """The request breaks a rule of the server; the text is the answer."""


def pipe(task, model=None):
    model = model or BY_TASK[task]
    with _lock:
        if (task, model) not in _pipelines:
            _pipelines[task, model] = pipeline(task, model=os.path.join(ROOT, model), device="cpu")
        return _pipelines[task, model]


def opened(data):
    return Image.open(io.BytesIO(data)).convert("RGB")


def picture(value):
    if not isinstance(value, str):
        return value
    if value.startswith(("http://", "https://")):
        raise Refused("pictures by address are switched off in this server")
    return opened(base64.b64decode(value.split(",", 1)[1] if value.startswith("data:") else value))


def plain(value):
    """What a pipeline returns as JSON: pictures become base64 PNG, tensors become lists."""
    if isinstance(value, Image.Image):
        buffer = io.BytesIO()
        value.save(buffer, "PNG")
        return base64.b64encode(buffer.getvalue()).decode()
    if isinstance(value, numpy.generic):
        return value.item()
    if isinstance(value, (torch.Tensor, numpy.ndarray)):
        return value.tolist()
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, (list, tuple)) else value


def _infer(task, model, inputs, parameters):
    found = pipe(task, model)
    if task in VISION:
        inputs = [picture(item) for item in inputs] if isinstance(inputs, list) else picture(inputs)
    if isinstance(inputs, dict):
        return plain(found(**inputs, **parameters))
    return plain(found(inputs, **parameters))


async def run(task, model, inputs, parameters):
    async with _one_at_a_time:
        return await asyncio.get_running_loop().run_in_executor(None, _infer, task, model, inputs, parameters)
