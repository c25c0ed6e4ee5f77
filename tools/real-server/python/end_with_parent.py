"""End this process and its children when the driver goes away, also when the driver is killed.

The driver keeps our standard input open and never writes to it: end of file means that it is gone. Active only when
the driver says so (REAL_SERVER_END_WITH_PARENT=1), so that the programs can be run by hand as well.
"""
import os
import signal
import threading


def watch():
    if os.environ.get("REAL_SERVER_END_WITH_PARENT") != "1":
        return

    def wait():
        try:
            while os.read(0, 1):
                pass
        finally:
            os.killpg(os.getpgrp(), signal.SIGKILL)  # the driver starts us as the leader of a group of our own

    threading.Thread(target=wait, daemon=True).start()
