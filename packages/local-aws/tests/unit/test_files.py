"""Files written by several threads at once: the settings of three steps that start together, and the state."""

import re
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from local_aws import files
from local_aws.files import write_whole, written_whole
from local_aws.spark import submit

THREADS = 8


def at_once(act: Callable[[int], object]) -> list[BaseException]:
    """Runs `act` on several threads, each with its number, and returns their errors."""
    errors: list[BaseException] = []
    start = threading.Barrier(THREADS)

    def run(number: int) -> None:
        start.wait()
        try:
            for _ in range(50):
                act(number)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def test_steps_that_start_together_write_the_same_settings(tmp_path: Path) -> None:
    """The kind of the step that failed with FileNotFoundError: two threads shared the name of the unfinished file."""
    file = tmp_path / "log4j2.properties"

    def start(number: int) -> None:
        submit._write(file, f"writer {number}\n" * 2000)
        lines = set(file.read_text().splitlines())
        assert len(lines) == 1, "a reader saw a file of two writers, or an empty one"

    assert at_once(start) == []
    assert [p.name for p in tmp_path.iterdir()] == ["log4j2.properties"]


def test_a_writer_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    write_whole(file, b"old")
    with pytest.raises(ValueError, match="half"), written_whole(file) as part:
        part.write_text("ha")
        raise ValueError("half")
    assert file.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["state.json"]


def test_every_file_that_replaces_another_is_written_here() -> None:
    """No second way: a rename of an unfinished file by hand is the race again."""
    package = Path(files.__file__).parent
    allowed = {package / "files.py", package / "install" / "class_archive.py"}
    rename = re.compile(r"""["']\.part["']|\.replace\(\w+\)""")
    files_of_logic = (file for file in package.rglob("*.py") if file not in allowed)
    by_hand = [str(file.relative_to(package)) for file in files_of_logic if rename.search(file.read_text())]
    assert by_hand == []
