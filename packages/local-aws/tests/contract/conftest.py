"""One real instance a session, on ports of its own, in a home of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.instance import Instance


@pytest.fixture(scope="session")
def aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    instance = Instance(tmp_path_factory.mktemp("local-aws"))
    instance.start()
    yield instance
    instance.stop()


@pytest.fixture(scope="session")
def bucket(aws: Instance) -> str:
    name = "contract"
    aws.client("s3").create_bucket(Bucket=name)
    return name


@pytest.fixture
def scripts() -> Path:
    return Path(__file__).parent / "scripts"
