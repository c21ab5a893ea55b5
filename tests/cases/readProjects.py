"""Reads texts of project.yaml as the DAG of a project does: a JSON list in, a list of errors out."""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "skeleton/dags"))

from mwaalib.project import ProjectFileError, parse_project


def error_of(text):
    try:
        parse_project(text)
    except ProjectFileError as error:
        return str(error)
    return None


json.dump([error_of(text) for text in json.load(sys.stdin)], sys.stdout)
