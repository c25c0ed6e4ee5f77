"""Loses packets of a peer connection at the seam between ICE and DTLS, both ways, the same ones for the same seed."""
import random


def lose_packets(peer, share, seed):
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


def transports_of(peer):
    for transceiver in peer.getTransceivers():
        yield transceiver.receiver.transport.transport
    if peer.sctp:
        yield peer.sctp.transport.transport
