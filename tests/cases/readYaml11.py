"""Reads the documents of YAML texts as PyYAML does, by version 1.1: a JSON list in, a list of lists out."""

import json
import sys

import yaml


def read(text):
    try:
        return list(yaml.safe_load_all(text))
    except yaml.YAMLError as error:
        return [f"refused: {error}"]


json.dump([read(text) for text in json.load(sys.stdin)], sys.stdout, default=repr)
