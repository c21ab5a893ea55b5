"""What a DAG of this kind needs and Airflow does not bring: project, parameters, EMR, Step Functions.

Importing any of it makes no AWS call. The modules do not import each other, so each can be taken
along by itself.
"""
