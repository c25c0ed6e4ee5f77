"""Measures the Python SDK: prints the milliseconds that a list of pictures takes."""

import argparse
import asyncio
import logging
import time

from inference_sdk import InferenceConfiguration, InferenceHTTPClient

WARM_UP_REQUESTS = 64

parser = argparse.ArgumentParser()
parser.add_argument("--way", choices=["sync", "async"], required=True)
parser.add_argument("--url", required=True)
parser.add_argument("--picture", required=True)
parser.add_argument("--model", required=True)
parser.add_argument("--requests", type=int, required=True)
parser.add_argument("--window", type=int, required=True)
parser.add_argument("--objects", type=int, required=True)
arguments = parser.parse_args()

logging.disable(logging.WARNING)
client = InferenceHTTPClient(api_url=arguments.url)
client.configure(InferenceConfiguration(max_concurrent_requests=arguments.window))


def infer(count: int) -> list:
    pictures = [arguments.picture] * count
    if arguments.way == "sync":
        return client.infer(pictures, model_id=arguments.model)
    return asyncio.run(client.infer_async(pictures, model_id=arguments.model))


infer(min(WARM_UP_REQUESTS, arguments.requests))
started_at = time.perf_counter()
results = infer(arguments.requests)
duration = time.perf_counter() - started_at
# One picture gives a bare result instead of a list.
found = sum(len(result["predictions"]) for result in ([results] if isinstance(results, dict) else results))
if found != arguments.requests * arguments.objects:
    raise SystemExit(f"found {found} objects in {arguments.requests} answers")
print(duration * 1000)
