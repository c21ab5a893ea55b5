# pyright: reportMissingImports=false
"""A plugin of Airflow's web server, in Airflow's own environment: refuses foreign requests.

Airflow 3 has a FastAPI application, Airflow 2 a Flask application: each has its own hook.
https://airflow.apache.org/docs/apache-airflow/stable/administration-and-deployment/plugins.html
"""

from importlib.metadata import version
from typing import Any

from airflow.plugins_manager import AirflowPlugin

from local_aws.foreign import ForeignAsgi, ForeignWsgi


def _blueprint() -> Any:
    from flask import Blueprint

    def guard(state: Any) -> None:
        state.app.wsgi_app = ForeignWsgi(state.app.wsgi_app, has_page=True)

    blueprint = Blueprint("refuse_foreign", __name__)
    blueprint.record_once(guard)
    return blueprint


class RefuseForeign(AirflowPlugin):
    name = "refuse_foreign"
    if version("apache-airflow").startswith("2."):
        flask_blueprints = [_blueprint()]
    else:
        fastapi_root_middlewares = [{"name": "refuse_foreign", "middleware": ForeignAsgi, "kwargs": {"has_page": True}}]
