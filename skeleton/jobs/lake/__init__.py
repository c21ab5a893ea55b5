"""A data lake: raw CSV → curated tables → marts, for any dataset in `lake.datasets`.

What is particular to a dataset is pure functions and one declaration in its folder; this package
reads and writes. Shipped as `jobs/lake.zip`: `--py-files` on EMR, `--extra-py-files` on Glue.
"""
