"""Real Airflow with a home of its own, and DAG folders as MWAA has them."""

from __future__ import annotations

import importlib.util
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

# Airflow reads its settings when it is first imported.
os.environ["AIRFLOW_HOME"] = tempfile.mkdtemp(prefix="airflow-")
os.environ["AIRFLOW__CORE__LOAD_EXAMPLES"] = "False"
# No setting of the developer's own AWS is used, should a test reach for it.
for name in [name for name in os.environ if name.startswith("AWS_")]:
    del os.environ[name]

import pytest  # noqa: E402
import yaml  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]

# A project of the tests' own: what they say of the DAG holds whatever this repository's project.yaml says.
EXAMPLE: dict[str, Any] = {
    "name": "films",
    "description": "Films as tables",
    "owner": "group:default/cinema",
    "entity": "component:default/films",
    "compute": "emr",
    "tableFormat": "parquet",
    "schedule": None,
    "datasets": [
        {
            "name": "movielens",
            "source": "sample:1000",
            "tables": ["movies", "ratings", "tags"],
            "marts": ["most_popular_movies", "top_rated_movies"],
        }
    ],
    "environments": [{"name": "test", "region": "us-east-1"}],
}


def load_dag(file: Path) -> Any:
    """The DAG of a file, as Airflow loads it: under a name of its own, its folder not on the path."""
    spec = importlib.util.spec_from_file_location(f"dag_{abs(hash(file))}", file)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.dag


Deploy = Callable[..., Path]


@pytest.fixture
def deploy(tmp_path: Path) -> Deploy:
    """Lays the DAGs as a deployment does, `<DAGs folder>/<project>-<environment>/`; gives the DAG file.

    The project is EXAMPLE but for `changes`.
    """

    def lay(folder: str = "films-test", **changes: object) -> Path:
        target = tmp_path / folder
        shutil.copytree(ROOT / "dags", target, ignore=shutil.ignore_patterns("__pycache__"))
        (target / "project.yaml").write_text(yaml.safe_dump({**EXAMPLE, **changes}))
        return target / "data_lake.py"

    return lay
