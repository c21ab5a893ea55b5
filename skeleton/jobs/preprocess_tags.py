"""EMR step: raw/tags.csv → curated/tags/.

spark-submit --py-files movielens.zip preprocess_tags.py --source s3://bucket/raw/tags.csv
    --target s3://bucket/curated/tags/ --quarantine s3://bucket/quarantine/tags/
    --staging s3://bucket/staging/ --run-id X
"""

from __future__ import annotations

import sys

from movielens.preprocess import main
from movielens.tables import TAGS_TABLE

if __name__ == "__main__":
    main(TAGS_TABLE, sys.argv[1:])
