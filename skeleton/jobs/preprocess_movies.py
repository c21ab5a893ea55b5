"""EMR step: raw/movies.csv → curated/movies/.

spark-submit --py-files movielens.zip preprocess_movies.py --source s3://bucket/raw/movies.csv
    --target s3://bucket/curated/movies/ --quarantine s3://bucket/quarantine/movies/
    --staging s3://bucket/staging/ --run-id X
"""

from __future__ import annotations

import sys

from movielens.preprocess import main
from movielens.tables import MOVIES_TABLE

if __name__ == "__main__":
    main(MOVIES_TABLE, sys.argv[1:])
