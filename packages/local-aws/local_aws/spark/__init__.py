"""Spark on this machine, started with spark-submit as on AWS."""
