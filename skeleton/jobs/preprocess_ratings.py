"""EMR step: raw/ratings.csv → curated/ratings/.

spark-submit --py-files movielens.zip preprocess_ratings.py --source s3://bucket/raw/ratings.csv
    --target s3://bucket/curated/ratings/ --quarantine s3://bucket/quarantine/ratings/
    --staging s3://bucket/staging/ --run-id X
"""

from __future__ import annotations

import sys

from movielens.preprocess import main
from movielens.tables import RATINGS_TABLE

if __name__ == "__main__":
    main(RATINGS_TABLE, sys.argv[1:])
