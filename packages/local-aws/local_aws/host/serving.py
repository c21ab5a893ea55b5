"""Whether the API responds; parts that start earlier wait for it."""

import threading

serving = threading.Event()
