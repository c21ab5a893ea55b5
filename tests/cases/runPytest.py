"""Runs pytest on a Python that lacks it: `runPytest.py <site-packages with pytest> <argument of pytest>…`.

Those packages stand behind the Python's own, so that all else is what it has installed.
"""

import sys

sys.path.append(sys.argv[1])

import pytest

raise SystemExit(pytest.main(sys.argv[2:]))
