"""A live video worker made of aiortc alone, for tests and benchmarks: it speaks the server's side of the protocol.

    python worker.py '{"loss": 0.02}'

Prints the port of its HTTP server and ends when standard input closes. Settings (one JSON argument, all optional):

    loss          share of packets that get lost, both ways, once the connection is there (0)
    seed          of the losses (1)
    lose_first    packets of the returned video that never arrive, from the first one on (0)
    upload        "decode" a finished upload and answer frame by frame, or only "count" its bytes ("decode")
    die_after     ends the process without a sign after this many frames (0 = never)
    close_after   closes the connection after this many frames (0 = never)
    silent_after  sends nothing more after this many frames, and stays (0 = never)

Every frame is answered with the number painted in it, and sent back when the request names a `stream_output`.
`GET /sessions` tells what each session saw.
"""
import asyncio
import datetime
import fractions
import gzip
import hashlib
import json
import os
import struct
import sys
import tempfile
import time

import av
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription, VideoStreamTrack
from aiortc.mediastreams import MediaStreamError

from end_with_parent import watch
from loss import lose_first, lose_packets

CHUNK = 48 * 1024
BITS = 16
SETTINGS = {"loss": 0, "seed": 1, "lose_first": 0, "upload": "decode", "die_after": 0, "close_after": 0, "silent_after": 0}
SETTINGS.update(json.loads(sys.argv[1]) if len(sys.argv) > 1 else {})
sessions = []


def painted_number(frame):
    """The number that `writeNumberedVideo` and `paintNumber` put into the top of a picture."""
    grey = frame.to_ndarray(format="gray")
    side = frame.width // BITS
    row = grey[side // 2]
    return sum(1 << bit for bit in range(BITS) if row[bit * side + side // 2] > 128)


class FileTrack:
    """The frames of an uploaded file, as fast as they are asked for."""

    def __init__(self, path):
        self._container = av.open(path)
        self._frames = self._container.decode(video=0)

    async def recv(self):
        frame = await asyncio.to_thread(next, self._frames, None)
        if frame is None:
            self._container.close()
            raise MediaStreamError
        return frame


class Echo(VideoStreamTrack):
    """Sends back what the session reads."""

    def __init__(self, session):
        super().__init__()
        self._session = session

    async def recv(self):
        frame = await self._session.next_frame()
        if frame is None:
            raise MediaStreamError
        echoed = av.VideoFrame.from_ndarray(frame.to_ndarray(format="bgr24"), format="bgr24")
        echoed.pts, echoed.time_base = frame.pts, frame.time_base
        return echoed


class Session:
    def __init__(self, request):
        self.request = request
        self.peer = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        self.track = None
        self.ready = asyncio.Event()
        self.channel = None
        self.opened = asyncio.Event()
        self.frames = 0
        self.ended = False
        self.acks = []
        self.texts = []
        self.closed_at = None
        self.upload = {"bytes": 0, "chunks": {}, "total": None, "sha256": None, "started": None, "seconds": None}
        self.outputs = [name for name in request.get("data_output") or [] if name]
        self.sends_video = any(request.get("stream_output") or [])

    def report(self):
        return {
            "frames": self.frames, "acks": self.acks, "texts": self.texts, "closed_at": self.closed_at,
            "state": self.peer.connectionState, "complete": self.ended,
            "upload": {name: self.upload[name] for name in ("bytes", "sha256", "seconds")},
        }

    async def answer(self):
        peer = self.peer
        if self.sends_video:
            peer.addTrack(Echo(self))
        peer.on("track", self.on_track)
        peer.on("datachannel", self.on_channel)

        @peer.on("connectionstatechange")
        def on_state():
            if peer.connectionState == "connected" and SETTINGS["loss"]:
                lose_packets(peer, SETTINGS["loss"], SETTINGS["seed"] + len(sessions))
            if peer.connectionState == "connected" and SETTINGS["lose_first"]:
                lose_first(peer, SETTINGS["lose_first"])
            if peer.connectionState in ("closed", "failed"):
                self.closed_at = self.closed_at or time.time()

        offer = self.request["webrtc_offer"]
        await peer.setRemoteDescription(RTCSessionDescription(sdp=offer["sdp"], type=offer["type"]))
        await peer.setLocalDescription(await peer.createAnswer())
        return {"type": peer.localDescription.type, "sdp": peer.localDescription.sdp}

    def on_track(self, track):
        self.start(track)

    def start(self, track):
        self.track = track
        self.ready.set()
        if not self.sends_video:
            asyncio.ensure_future(self.read_all())

    async def read_all(self):
        while await self.next_frame() is not None:
            pass

    async def next_frame(self):
        await self.ready.wait()
        try:
            frame = await self.track.recv()
        except MediaStreamError:
            await self.send_end()
            return None
        self.frames += 1
        if self.frames == SETTINGS["die_after"]:
            os._exit(1)
        if self.frames == SETTINGS["close_after"]:
            asyncio.ensure_future(self.peer.close())
        if SETTINGS["silent_after"] and self.frames >= SETTINGS["silent_after"]:
            await asyncio.Event().wait()
        await self.send_result(frame)
        return frame

    async def send_result(self, frame):
        number = await asyncio.to_thread(painted_number, frame)
        data = {name: {"number": number, "frame": self.frames} for name in self.outputs}
        await self.send(self.frames, {
            "serialized_output_data": data or None,
            "video_metadata": self.metadata(self.frames, frame),
            "errors": [], "processing_complete": False, "termination_reason": None,
        }, compressed=bool(data))

    async def send_end(self):
        if self.ended:
            return
        self.ended = True
        await self.send(self.frames + 1, {
            "serialized_output_data": None, "video_metadata": self.metadata(self.frames, None),
            "errors": [], "processing_complete": True, "termination_reason": None,
        }, compressed=False)

    def metadata(self, frame_id, frame):
        base = fractions.Fraction(frame.time_base) if frame is not None else None
        return {
            "frame_id": frame_id, "received_at": datetime.datetime.now().isoformat(),
            "pts": frame.pts if frame is not None else None, "time_base": float(base) if base else None,
            "declared_fps": self.request.get("declared_fps"), "measured_fps": None,
            "width": frame.width if frame is not None else None, "height": frame.height if frame is not None else None,
        }

    async def send(self, frame_id, message, compressed):
        await self.opened.wait()
        if self.channel.readyState != "open":
            return
        payload = json.dumps(message).encode()
        payload = gzip.compress(payload, 6) if compressed else payload
        total = (len(payload) + CHUNK - 1) // CHUNK
        for index in range(total):
            part = payload[index * CHUNK:(index + 1) * CHUNK]
            self.channel.send(struct.pack("<III", frame_id, index, total) + part)
            await asyncio.sleep(0.001)

    def on_channel(self, channel):
        if channel.label == "video_upload":
            channel.on("message", self.on_chunk)
            return
        self.channel = channel
        self.opened.set()
        channel.on("message", self.on_text)

    def on_text(self, message):
        if isinstance(message, str):
            self.texts.append(message)
            try:
                ack = json.loads(message).get("ack")
            except (ValueError, AttributeError):
                return
            if isinstance(ack, int):
                self.acks.append(ack)

    def on_chunk(self, message):
        upload = self.upload
        upload["started"] = upload["started"] or time.perf_counter()
        index, upload["total"] = struct.unpack("<II", message[:8])
        upload["chunks"][index] = message[8:]
        upload["bytes"] += len(message) - 8
        if len(upload["chunks"]) == upload["total"]:
            asyncio.ensure_future(self.uploaded())

    async def uploaded(self):
        upload = self.upload
        upload["seconds"] = time.perf_counter() - upload["started"]
        body = b"".join(upload["chunks"][index] for index in range(upload["total"]))
        upload["chunks"].clear()
        upload["sha256"] = hashlib.sha256(body).hexdigest()
        if SETTINGS["upload"] == "count":
            await self.send_end()
            return
        with tempfile.NamedTemporaryFile(suffix=".mp4") as file:
            file.write(body)
            file.flush()
            self.start(FileTrack(file.name))


async def handle(method, path, body):
    if method == "GET" and path == "/sessions":
        return 200, {"sessions": [session.report() for session in sessions], "now": time.time()}
    if method == "GET" and path == "/info":
        return 200, {"name": "aiortc worker", "version": "1.8.3", "uuid": "aiortc"}
    if method == "POST" and path == "/initialise_webrtc_worker":
        session = Session(json.loads(body))
        sessions.append(session)
        answer = await session.answer()
        context = {"request_id": None, "pipeline_id": None}
        return 200, {"status": "success", "context": context, **answer}
    return 404, {"detail": "Not Found"}


async def serve(reader, writer):
    try:
        method, path, _ = (await reader.readline()).decode().split(" ", 2)
        length = 0
        while (line := await reader.readline()).strip():
            name, _, value = line.decode().partition(":")
            length = int(value) if name.lower() == "content-length" else length
        try:
            status, answer = await handle(method, path.split("?")[0], await reader.readexactly(length))
        except Exception as error:  # the real server's answer to whatever fails in its worker
            print(f"{type(error).__name__}: {error}", file=sys.stderr)
            status, answer = 500, {"message": "Internal error."}
        data = json.dumps(answer).encode()
        head = f"HTTP/1.1 {status} Status\r\ncontent-type: application/json\r\ncontent-length: {len(data)}\r\nconnection: close\r\n\r\n"
        writer.write(head.encode() + data)
        await writer.drain()
    except (ValueError, ConnectionError, asyncio.IncompleteReadError):
        pass
    finally:
        writer.close()


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    watch()
    asyncio.run(main())
