"""Imports the DAGs of projects on the Airflow of this Python: `importDags.py <project folder>…`.

Prints a line of JSON for each folder, DAG id → task ids. Any import that opens a connection fails.
"""

import importlib.util
import json
import os
import socket
import sys
import tempfile
from pathlib import Path

os.environ["AIRFLOW_HOME"] = tempfile.mkdtemp(prefix="airflow-")
os.environ["AIRFLOW__CORE__LOAD_EXAMPLES"] = "False"


def refuse(*_: object) -> None:
    raise RuntimeError("a DAG must not open a connection while it is imported")


def dags_of(folder: Path) -> dict[str, list[str]]:
    before = list(sys.path)
    found = {}
    for file in sorted((folder / "dags").glob("*.py")):
        spec = importlib.util.spec_from_file_location(f"dag_{abs(hash(file))}", file)
        assert spec and spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        found[module.dag.dag_id] = sorted(module.dag.task_ids)
    # The next project has its own libraries with the same names.
    sys.path[:] = before
    for name in [name for name in sys.modules if name.partition(".")[0] == "mwaalib"]:
        del sys.modules[name]
    return found


if __name__ == "__main__":
    socket.socket.connect = refuse  # type: ignore[method-assign]
    for each in sys.argv[1:]:
        print(json.dumps(dags_of(Path(each))))
