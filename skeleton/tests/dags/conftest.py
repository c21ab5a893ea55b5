"""Real Airflow with its own home, and DAG folders like those of MWAA."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

# Airflow reads its settings when it is first imported.
os.environ["AIRFLOW_HOME"] = tempfile.mkdtemp(prefix="airflow-")
os.environ["AIRFLOW__CORE__LOAD_EXAMPLES"] = "False"
# The tests use none of the developer's own AWS settings.
for name in [name for name in os.environ if name.startswith("AWS_")]:
    del os.environ[name]

import pytest  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]

# A project for the tests, so that they do not depend on this repository's project.yaml.
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
    "environments": [
        {
            "name": "test",
            "account": "000000000000",
            "region": "us-east-1",
            "mwaa": {
                "environment": "films-airflow",
                "airflowVersion": "3.3.1",
                "bucket": "films-airflow",
                "executionRole": "films-airflow",
            },
        }
    ],
    "stacks": [{"name": "foundations", "template": "infra/templates/foundations.template.json"}],
    "release": {"files": ["jobs/*.py"], "archives": ["jobs/lake"]},
}


def load_dag(file: Path) -> Any:
    """Loads the DAG of a file like Airflow: with a unique module name, and without its folder on the path."""
    spec = importlib.util.spec_from_file_location(f"dag_{abs(hash(file))}", file)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.dag


Deploy = Callable[..., Path]


@pytest.fixture
def deploy(tmp_path: Path) -> Deploy:
    """Copies the DAGs as a deployment does, to `<DAGs folder>/<project>-<environment>/`. Returns the DAG file.

    The project is EXAMPLE with `changes`.
    """

    def lay(folder: str = "films-test", **changes: object) -> Path:
        target = tmp_path / folder
        shutil.copytree(ROOT / "dags", target, ignore=shutil.ignore_patterns("__pycache__"))
        (target / "project.yaml").write_text(json.dumps({**EXAMPLE, **changes}))
        return target / "data_lake.py"

    return lay
