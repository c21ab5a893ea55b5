"""Additions to Airflow for DAGs of this kind: project, parameters, EMR, Glue, Step Functions, outcome, alerts.

Importing them makes no AWS call.
"""
