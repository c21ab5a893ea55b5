"""Ends all work, empties every service, and seeds again."""

import shutil

from ministack import app

from local_aws import moto, persistence
from local_aws.calls import record
from local_aws.install.output import say
from local_aws.seed import announce_environments, seed
from local_aws.services import emrserverless
from local_aws.services.emr import steps
from local_aws.services.glue import crawls, execution, rulesets
from local_aws.settings import SETTINGS

_FOLDERS = ("glue", "emr", "emr-serverless", "mwaa", "work", "spark-tmp", "spark-warehouse")


def clear() -> None:
    """Ends all runs and environments and empties every service. Blocks; the server does not respond meanwhile."""
    execution.stop_all()
    steps.stop_all()
    emrserverless.stop_all()
    app._reset_all_state()  # ends all Airflow instances too
    announce_environments()
    crawls.reset()
    rulesets.reset()
    moto.reset()
    record.clear()
    persistence.forget()
    for name in _FOLDERS:
        shutil.rmtree(SETTINGS.home / name, ignore_errors=True)


def seed_again() -> None:
    seed()
    say("", "reset and seeded")
