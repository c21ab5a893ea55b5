"""One folder a dataset; each has a `dataset.py` with its declaration, `DATASET` (docs/add-a-dataset.md)."""
