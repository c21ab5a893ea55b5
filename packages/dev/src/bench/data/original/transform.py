"""The original's approach, written by us for comparison: `transform.py SOURCE TARGET`.

Each mart joins every rating with its film, and aggregates what comes out.
"""

import sys

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

source, target = sys.argv[1:]
spark = SparkSession.builder.appName("original_transform").getOrCreate()
movies = spark.read.parquet(f"{source}/movies")
rated = spark.read.parquet(f"{source}/ratings").join(movies, "movieId").groupBy("movieId", "title", "genres")
marts = {
    "most_popular_movies": rated.agg(F.count("userId").alias("num_ratings")).sort(F.desc("num_ratings")),
    "top_rated_movies": rated.agg(F.avg("rating").alias("avg_rating")).sort(F.desc("avg_rating")),
}
for name, mart in marts.items():
    mart.write.mode("overwrite").parquet(f"{target}/{name}")
spark.stop()
