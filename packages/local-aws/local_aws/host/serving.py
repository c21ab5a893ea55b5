"""Whether the API answers: what starts before it must wait."""

import threading

serving = threading.Event()
