"""MovieLens as a data lake: raw CSV → curated Parquet → marts.

Pure DataFrame → DataFrame functions in `curated` and `marts`; reading and writing at the rim
(`raw`, `table`, `landing`). Shipped as `jobs/movielens.zip`: `--py-files` on EMR,
`--extra-py-files` on Glue.
"""
