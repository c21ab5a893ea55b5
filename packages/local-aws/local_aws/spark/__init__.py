"""Spark on this machine, behind spark-submit as on AWS."""
