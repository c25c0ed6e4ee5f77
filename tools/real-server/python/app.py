"""ASGI entry point of the real Roboflow Inference server (same assembly as the CPU HTTP image).

    python -m uvicorn --app-dir DIR_OF_THIS_FILE app:app --host 127.0.0.1 --port PORT   (current directory = a work directory)
"""
import os
import sys
from functools import partial
from multiprocessing import Process

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from end_with_parent import watch

watch()

# The server mounts these folders; the wheel does not bring the landing page.
for folder in ("static", "_next/static"):
    os.makedirs(os.path.join("inference", "landing", "out", folder), exist_ok=True)
if not os.path.exists("inference/landing/out/index.html"):
    with open("inference/landing/out/index.html", "w") as page:
        page.write("<!doctype html><title>Roboflow Inference</title>")

from inference.core import env
from inference.core.cache import cache
from inference.core.interfaces.http.http_api import HttpInterface
from inference.core.managers.active_learning import ActiveLearningManager, BackgroundTaskActiveLearningManager
from inference.core.managers.base import ModelManager
from inference.core.managers.decorators.fixed_size_cache import WithFixedSizeCache
from inference.core.registries.roboflow import RoboflowModelRegistry
from inference.models.utils import ROBOFLOW_MODEL_TYPES


def stream_manager():
    """The eight /inference_pipelines routes talk to a separate process over a TCP socket."""
    count = getattr(env, "STREAM_API_PRELOADED_PROCESSES", 0)
    try:  # 1.7 and later
        from inference.core.interfaces.stream_manager.manager_app.bootstrap import run_stream_manager
        from inference.core.interfaces.streams_configuration import (
            LEGACY_PIPELINE_HOST_DESCRIPTOR, server_streams_configuration)
        return partial(run_stream_manager, configuration=server_streams_configuration(),
                       host_descriptor=LEGACY_PIPELINE_HOST_DESCRIPTOR, expected_warmed_up_pipelines=count)
    except ImportError:
        from inference.core.interfaces.stream_manager.manager_app.app import start
        return partial(start, expected_warmed_up_pipelines=count)


if env.ENABLE_STREAM_API and os.environ.get("REAL_SERVER_NO_STREAM_PROCESS") != "1":
    Process(target=stream_manager()).start()

if os.environ.get("REAL_SERVER_FAST_WEBRTC") == "1":
    # Each WebRTC session is a spawned process that imports for 20 s. Let a fork server import once instead
    # (started now, in the background); the worker code itself is unchanged.
    import multiprocessing
    import threading
    import inference.core.interfaces.webrtc_worker as webrtc_worker
    fork_server = multiprocessing.get_context("forkserver")
    fork_server.set_forkserver_preload(["inference.core.interfaces.webrtc_worker.webrtc", "inference.models.utils"])

    class Contexts:
        Process, Pipe = fork_server.Process, fork_server.Pipe
        def __getattr__(self, name): return getattr(multiprocessing, name)
        def get_context(self, method=None): return fork_server
    webrtc_worker.multiprocessing = Contexts()
    threading.Thread(target=lambda: fork_server.Process(target=int).start(), daemon=True).start()

registry = RoboflowModelRegistry(ROBOFLOW_MODEL_TYPES)
if not env.ACTIVE_LEARNING_ENABLED:
    manager = ModelManager(model_registry=registry)
elif env.LAMBDA or env.GCP_SERVERLESS:
    manager = ActiveLearningManager(model_registry=registry, cache=cache)
else:
    manager = BackgroundTaskActiveLearningManager(model_registry=registry, cache=cache)
manager = WithFixedSizeCache(manager, max_size=env.MAX_ACTIVE_MODELS)
manager.init_pingback()
interface = HttpInterface(manager)
app = interface.app
