"""Loses packets of a peer connection at the seam between ICE and DTLS."""
import random


def lose_packets(peer, share, seed):
    """Loses a share of all packets, both ways, the same ones for the same seed."""
    chance = random.Random(seed)
    for transport in {id(item): item for item in transports_of(peer)}.values():
        send, receive = transport._send, transport._recv

        async def lossy_send(data, send=send):
            if chance.random() >= share:
                await send(data)

        async def lossy_receive(receive=receive):
            while True:
                data = await receive()
                if chance.random() >= share:
                    return data

        transport._send, transport._recv = lossy_send, lossy_receive


def lose_first(peer, count):
    """Loses the first packets of the video that is sent, each time that they are sent."""
    lost = set()
    for transport in {id(item): item for item in transports_of(peer)}.values():
        send = transport._send

        async def lossy_send(data, send=send):
            if is_video(data):
                number = int.from_bytes(data[2:4], "big")
                if len(lost) < count:
                    lost.add(number)
                if number in lost:
                    return
            await send(data)

        transport._send = lossy_send


def is_video(data):
    """RTP and RTCP share one flow: types 192 to 223 are RTCP."""
    return data[0] >> 6 == 2 and not 192 <= data[1] <= 223


def transports_of(peer):
    for transceiver in peer.getTransceivers():
        yield transceiver.receiver.transport.transport
    if peer.sctp:
        yield peer.sctp.transport.transport
