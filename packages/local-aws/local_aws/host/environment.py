"""Environment variables of processes that act as AWS: dummy credentials, local endpoints, no developer settings."""

from collections.abc import Mapping

from local_aws.calls.callers import APP_ID, LOCAL_AWS
from local_aws.settings import ACCOUNT, REGION, SETTINGS

_KEPT = ("PATH", "LANG", "TZ", "TMPDIR", "TERM", "JAVA_HOME")


def scrubbed(environ: Mapping[str, str]) -> dict[str, str]:
    """Returns a new environment, with only the variables for programs and locale from `environ`.

    Proxy variables are left out on purpose, so that calls to 127.0.0.1 are direct.
    """
    empty = SETTINGS.home / "no-aws-config"
    folder = SETTINGS.home / "home"
    folder.mkdir(parents=True, exist_ok=True)
    empty.touch()
    return {
        **{k: v for k, v in environ.items() if k in _KEPT or k.startswith("LC_")},
        **aws(ACCOUNT, REGION),
        "HOME": str(folder),
        "AWS_CONFIG_FILE": str(empty),
        "AWS_SHARED_CREDENTIALS_FILE": str(empty),
        "AWS_EC2_METADATA_DISABLED": "true",
        "NO_PROXY": "*",
        "no_proxy": "*",
        "DO_NOT_TRACK": "1",
        "SCARF_ANALYTICS": "false",
    }


def aws(account: str, region: str, app_id: str = LOCAL_AWS) -> dict[str, str]:
    """Returns the endpoints and identity of an account; MiniStack uses a 12-digit access key as the account.

    `app_id`: the role of the process, which identifies its calls.
    """
    return {
        "AWS_ACCESS_KEY_ID": account,
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": region,
        "AWS_REGION": region,
        APP_ID: app_id,
        "AWS_ENDPOINT_URL": SETTINGS.endpoint,
        "AWS_ENDPOINT_URL_EMR_SERVERLESS": SETTINGS.moto_endpoint,
        "AWS_ENDPOINT_URL_LAKEFORMATION": SETTINGS.moto_endpoint,
    }


def ministack() -> dict[str, str]:
    """Returns MiniStack's own settings, which its modules read at import."""
    return {
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(SETTINGS.port),
        "MINISTACK_ACCOUNT_ID": ACCOUNT,
        "MINISTACK_REGION": REGION,
        "IOT_MTLS_ENABLED": "0",  # otherwise it listens on 0.0.0.0:8883
        "SFTP_ENABLED": "0",
        "MWAA_BASE_PORT": str(SETTINGS.airflow_port),
        "PERSIST_STATE": "1",
        "STATE_DIR": str(SETTINGS.home / "state"),
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(SETTINGS.home / "s3"),
        "DOCKER_HOST": "unix:///nonexistent",  # never a container, even if Docker runs
        "LOG_LEVEL": "WARNING",
    }
