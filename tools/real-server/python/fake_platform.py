"""fake_platform.py PORT MODELS_DIR [LOG] : a stand-in for the Roboflow platform API on 127.0.0.1, so that the real
server runs its own download, authentication and workflow-lookup code with no internet. PORT 0 takes a free one; the
first line on standard output is the port. LOG gets one JSON line per request (keys left out).

keys     test-key (workspace colour-lab), second-key (workspace second-lab: sees no model of colour-lab),
         poor-key -> 402, forbidden-key -> 403, paused-key -> 423, broken-key -> 500; any other or none -> 401
models   those of make_models.py; coco/3 (= alias yolov8n-640) is the public one: it needs no key;
         untrusted/1 and no-packages/1 cannot be loaded (500); colours-again/1 is colours/1 under another name
workflows of colour-lab: see WORKFLOWS
images   /images/red.png, /images/blue.png, /images/both.png (64 x 48), /images/broken.png, /images/slow.png (3 s),
         any other /images/ name -> 404
"""
import json
import os
import struct
import sys
import time
import urllib.parse
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from end_with_parent import watch

MODELS = sys.argv[2]
LOG = open(sys.argv[3], "a", buffering=1) if len(sys.argv) > 3 else None
INDEX = json.load(open(os.path.join(MODELS, "index.json")))
PUBLIC = {"coco/3": "colours/1"}
OTHER_NAMES = {**PUBLIC, "untrusted/1": "colours/1", "no-packages/1": "colours/1", "colours-again/1": "colours/1"}
KEYS = {"test-key": "colour-lab", "second-key": "second-lab"}
REFUSED = {"poor-key": 402, "forbidden-key": 403, "paused-key": 423, "broken-key": 500}

# task -> (type, modelType) of the older weights endpoint
OLDER_NAMES = {
    "object-detection": ("object-detection", "yolov8n"),
    "instance-segmentation": ("instance-segmentation", "yolov8n-seg"),
    "keypoint-detection": ("keypoint-detection", "yolov8n-pose"),
    "classification": ("classification", "resnet18"),
    "multi-label-classification": ("classification", "resnet18"),
    "semantic-segmentation": ("semantic-segmentation", "deep-lab-v3-plus"),
}


def png(width, height, blobs):
    """A black picture with filled rectangles: blobs are ((x1, y1, x2, y2), (red, green, blue))."""
    rows = []
    for y in range(height):
        row = bytearray(b"\0")
        for x in range(width):
            colour = (0, 0, 0)
            for (x1, y1, x2, y2), blob_colour in blobs:
                if x1 <= x < x2 and y1 <= y < y2:
                    colour = blob_colour
            row += bytes(colour)
        rows.append(bytes(row))

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(b"".join(rows), 9)) + chunk(b"IEND", b""))


IMAGES = {
    "red.png": png(64, 48, [((10, 8, 30, 28), (255, 0, 0))]),
    "blue.png": png(64, 48, [((30, 20, 54, 40), (0, 0, 200))]),
    "both.png": png(64, 48, [((6, 6, 22, 26), (255, 0, 0)), ((36, 18, 58, 42), (0, 0, 255))]),
    "broken.png": b"this is no picture",
}

WORKFLOW_VERSION = "1.4.0"
DETECT = {
    "version": WORKFLOW_VERSION,
    "inputs": [{"type": "WorkflowImage", "name": "image"},
               {"type": "WorkflowParameter", "name": "confidence", "default_value": 0.4}],
    "steps": [{"type": "roboflow_core/roboflow_object_detection_model@v2", "name": "model",
               "images": "$inputs.image", "model_id": "colours/1", "confidence": "$inputs.confidence"},
              {"type": "roboflow_core/property_definition@v1", "name": "count", "data": "$steps.model.predictions",
               "operations": [{"type": "SequenceLength"}]}],
    "outputs": [{"type": "JsonField", "name": "predictions", "selector": "$steps.model.predictions"},
                {"type": "JsonField", "name": "count", "selector": "$steps.count.output"}],
}
GRAY = {
    "version": WORKFLOW_VERSION,
    "inputs": [{"type": "WorkflowImage", "name": "image"}],
    "steps": [{"type": "roboflow_core/convert_grayscale@v1", "name": "gray", "image": "$inputs.image"}],
    "outputs": [{"type": "JsonField", "name": "gray", "selector": "$steps.gray.image"}],
}
BROKEN = {"version": WORKFLOW_VERSION, "inputs": [], "steps": [{"type": "no/such@v1", "name": "a"}], "outputs": []}
WORKFLOWS = {("colour-lab", "detect-colours"): DETECT, ("colour-lab", "to-gray"): GRAY, ("colour-lab", "broken"): BROKEN}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body, content_type="application/json"):
        if not isinstance(body, bytes):
            body = json.dumps(body).encode()
        total = len(body)
        extra = {}
        span = self.headers.get("Range")
        if span and status == 200 and span.startswith("bytes="):
            first, _, last = span[6:].partition("-")
            first = int(first or 0)
            last = min(int(last or total - 1), total - 1)
            status, extra, body = 206, {"Content-Range": f"bytes {first}-{last}/{total}"}, body[first:last + 1]
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Content-Length", str(len(body)))
        for name, value in extra.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        if LOG:
            LOG.write(json.dumps({"method": self.command, "path": urllib.parse.urlsplit(self.path).path, "status": status}) + "\n")

    def do_HEAD(self):
        self.do_GET()

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = urllib.parse.urlsplit(self.path).path
        if path.startswith("/dataset/") and path.endswith("/upload"):
            return self.answer(200, {"success": True, "id": "img-1"})
        if "/annotate/" in path:
            return self.answer(200, {"success": True})
        return self.answer(200, {"status": "ok"})  # usage, metrics, monitoring

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        path = urllib.parse.unquote(url.path)
        parts = path.strip("/").split("/")
        authorization = self.headers.get("Authorization") or ""
        key = query.get("api_key") or (authorization[7:] if authorization.startswith("Bearer ") else None)
        if parts[0] == "images":
            return self.image(parts[-1])
        if parts[0] == "files":
            return self.file(parts[1:])
        if path == "/":
            return self.answer(200, {"workspace": KEYS[key], "welcome": "fake platform"}) if key in KEYS else self.refuse(key)
        if path == "/serverless/usage-check":
            usage = {"workspace": KEYS.get(key), "workspaceId": "w1", "underCap": True}
            return self.answer(200, usage) if key in KEYS else self.refuse(key)
        if path in ("/models/v1/external/stat", "/models/v1/external/weights"):
            return self.model_metadata(query.get("modelId", ""), key, with_files=path.endswith("weights"))
        if parts[0] == "ort" and len(parts) == 3:
            return self.older_weights("/".join(parts[1:]), key)
        if len(parts) == 3 and parts[1] == "workflows":
            return self.workflow(parts[0], parts[2], key)
        return self.answer(401 if key not in KEYS else 404, {"error": "not found"})

    def refuse(self, key):
        status = REFUSED.get(key, 401)
        return self.answer(status, {"error": {"message": "refused", "status": status}})

    def image(self, name):
        if name == "slow.png":
            time.sleep(3)
            name = "red.png"
        if name not in IMAGES:
            return self.answer(404, {"error": "no such image"})
        return self.answer(200, IMAGES[name], "image/png")

    def file(self, parts):
        full = os.path.realpath(os.path.join(MODELS, *parts))
        if not full.startswith(os.path.realpath(MODELS) + os.sep) or not os.path.isfile(full):
            return self.answer(404, {})
        with open(full, "rb") as content:
            return self.answer(200, content.read(), "application/octet-stream")

    def model_metadata(self, wanted, key, with_files):
        if wanted not in PUBLIC and key not in KEYS:
            return self.refuse(key)
        model = INDEX.get(OTHER_NAMES.get(wanted, wanted))
        if model is None or (wanted not in PUBLIC and KEYS[key] != "colour-lab"):
            return self.answer(404, {"error": "model not found"})
        metadata = {"type": "external-model-metadata-v1", "modelId": wanted, "modelArchitecture": model["architecture"],
                    "modelVariant": None, "taskType": model["task"], "modelPackages": []}
        if with_files and wanted != "no-packages/1":
            files = [{"fileHandle": name, "downloadUrl": f"{self.base()}/files/{model['folder']}/{name}", "md5Hash": file["md5"]}
                     for name, file in model["files"].items() if name != "environment.json"]
            manifest = {"type": "onnx-model-package-v1", "backendType": "onnx", "dynamicBatchSize": True,
                        "quantization": "fp32", "opset": 13}
            metadata["modelPackages"] = [{
                "type": "external-model-package-v1", "packageId": model["files"]["weights.onnx"]["md5"],
                "trustedSource": wanted != "untrusted/1", "packageManifest": manifest, "packageFiles": files}]
        return self.answer(200, {"modelMetadata": metadata})

    def older_weights(self, wanted, key):
        if wanted not in PUBLIC and key not in KEYS:
            return self.refuse(key)
        model = INDEX.get(OTHER_NAMES.get(wanted, wanted))
        if model is None:
            return self.answer(404, {"error": "model not found"})
        kind, model_type = OLDER_NAMES[model["task"]]
        folder = f"{self.base()}/files/{model['folder']}"
        body = {"name": wanted.split("/")[0], "type": kind, "modelType": model_type, "model": f"{folder}/weights.onnx",
                "environment": f"{folder}/environment.json", "classes": model["classes"], "colors": {}}
        if model["keypoints"]:
            body["keypoints_metadata"] = model["keypoints"]
        return self.answer(200, {"ort": body})

    def workflow(self, workspace, name, key):
        if key not in KEYS:
            return self.refuse(key)
        specification = WORKFLOWS.get((workspace, name)) if KEYS[key] == workspace else None
        if specification is None:
            return self.answer(404, {"error": "workflow not found"})
        config = json.dumps({"specification": specification})
        return self.answer(200, {"workflow": {"id": "wf-" + name, "name": name, "config": config}})

    def base(self):
        return f"http://127.0.0.1:{self.server.server_address[1]}"


if __name__ == "__main__":
    watch()
    ThreadingHTTPServer.daemon_threads = True
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler)
    print(server.server_address[1], flush=True)
    server.serve_forever()
