"""Lines for the person at the terminal, who may be gone."""

import os

import pytest

from local_aws.install.output import say


def test_nobody_listening_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    gone = os.fdopen(writer, "w")
    monkeypatch.setattr("sys.stdout", gone)
    say("spark", "ready in 2 s")
    with pytest.raises(BrokenPipeError):
        print("what say() has to live with", flush=True)
    monkeypatch.undo()
    with pytest.raises(BrokenPipeError):
        gone.close()
