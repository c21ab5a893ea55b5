"""Loads a function's handler.py as a module with the folder's name, because all files are named handler."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

LAMBDAS = Path(__file__).resolve().parents[2] / "lambdas"


def load(folder: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(folder, LAMBDAS / folder / "handler.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
