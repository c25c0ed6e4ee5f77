"""Uploads bytes to a live video worker as the Python client does, with aiortc, and prints how long it took.

    python uploader.py URL MEGABYTES      -> {"seconds": 3.2, "connectMs": 45.1}
"""
import asyncio
import json
import struct
import sys
import time
import urllib.request

from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription

from end_with_parent import watch

PAYLOAD = 49152
QUEUED = 262144


async def main(url, megabytes):
    peer = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    results = peer.createDataChannel("inference")
    channel = peer.createDataChannel("video_upload")
    opened, complete = asyncio.Event(), asyncio.Event()
    channel.on("open", opened.set)
    results.on("message", lambda _message: complete.set())
    await peer.setLocalDescription(await peer.createOffer())
    offer = {"type": peer.localDescription.type, "sdp": peer.localDescription.sdp}
    body = json.dumps({"webrtc_offer": offer, "stream_output": [], "data_output": []}).encode()
    request = urllib.request.Request(url + "/initialise_webrtc_worker", body, {"content-type": "application/json"})
    answer = json.loads(await asyncio.to_thread(lambda: urllib.request.urlopen(request).read()))
    began = time.perf_counter()
    await peer.setRemoteDescription(RTCSessionDescription(sdp=answer["sdp"], type=answer["type"]))
    await opened.wait()
    connected = time.perf_counter()
    total = (megabytes * 1_000_000 + PAYLOAD - 1) // PAYLOAD
    payload = bytes(PAYLOAD)
    for index in range(total):
        while channel.bufferedAmount > QUEUED:
            await asyncio.sleep(0.01)
        channel.send(struct.pack("<II", index, total) + payload)
        if index % 10 == 0:
            await asyncio.sleep(0)
    await complete.wait()
    done = time.perf_counter()
    print(json.dumps({"seconds": done - connected, "connectMs": (connected - began) * 1000}), flush=True)
    await peer.close()


watch()
asyncio.run(main(sys.argv[1], int(sys.argv[2])))
