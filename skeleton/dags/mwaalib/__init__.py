"""Additions to Airflow for DAGs of this kind: project, parameters, EMR, Glue, Step Functions.

Importing them makes no AWS call. The modules do not import each other, so each can be reused separately.
"""
