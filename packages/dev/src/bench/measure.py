"""Runs a command to its end, and writes what it took as JSON: `measure.py REPORT COMMAND ARGUMENT…`.

`seconds` is wall time, `cpuSeconds` that of the command and all below it, `peakMiB` the resident memory
of the largest process among them.
"""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

report, *command = sys.argv[1:]
began = time.perf_counter()
code = subprocess.run(command).returncode
seconds = time.perf_counter() - began
used = resource.getrusage(resource.RUSAGE_CHILDREN)
unit = 2**20 if sys.platform == "darwin" else 2**10
measured = {"seconds": seconds, "cpuSeconds": used.ru_utime + used.ru_stime, "peakMiB": used.ru_maxrss / unit}
Path(report).write_text(json.dumps(measured))
sys.exit(code if code >= 0 else 128 - code)
