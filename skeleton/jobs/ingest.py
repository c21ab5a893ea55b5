"""EMR step: puts the raw MovieLens files into raw/.

spark-submit --py-files movielens.zip ingest.py --source sample:1000 --target s3://bucket/raw/ --run-id X
"""

from __future__ import annotations

import argparse
import json

from movielens.files import Files
from movielens.landing import land
from movielens.session import spark_session


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", required=True, help="sample:<number of ratings>, or a folder with the real files")
    parser.add_argument("--target", required=True, help="as s3://bucket/raw/")
    parser.add_argument("--run-id", required=True, help="Airflow's dag_run_id, or any name of the run")
    given = parser.parse_args()

    spark = spark_session("ingest")
    try:
        landed = land(Files(spark), given.source, given.target)
        print(json.dumps({"runId": given.run_id, "source": given.source, "landed": landed}))
    finally:
        spark.stop()


if __name__ == "__main__":
    main()
