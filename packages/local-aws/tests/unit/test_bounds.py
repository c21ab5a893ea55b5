"""Foreign text in bounded time: which patterns MiniStack makes of it, and what ends those that take too long."""

import ast
import asyncio
import re
import signal
from collections.abc import Callable
from pathlib import Path

import ministack
import pytest

from local_aws.bounds import patterns
from local_aws.bounds.cost import is_quick
from local_aws.bounds.event_loop import TookTooLong, limit_steps
from local_aws.bounds.patterns import BOUNDED, Bounded

HANGS = ("^(a+)+$", "a" * 60 + "!")
ATOMIC = {"services/eventbridge.py"}
"""It writes patterns that cannot go back."""
OF_ITS_OWN = {
    "app.py",
    "core/iam_actions.py",
    "core/pgproxy.py",
    "core/rds_iam.py",
    "core/router.py",
    "services/appsync_events.py",
    "services/bedrock_runtime.py",
    "services/cloudformation/helpers.py",
    "services/documentdb.py",
    "services/eks.py",
    "services/rds.py",
    "services/waf.py",
}
"""They put patterns together of constants, or of escaped names."""


def test_every_pattern_that_ministack_makes_is_bounded() -> None:
    """A new version of MiniStack with a new one fails here: bound it, or say why not."""
    root = Path(ministack.__path__[0])
    making = {str(file.relative_to(root)) for file in root.rglob("*.py") if _makes_patterns(file)}
    bounded = {str(Path(module.__file__ or "").relative_to(root)) for module in BOUNDED}
    assert making == bounded | ATOMIC | OF_ITS_OWN


def _makes_patterns(file: Path) -> bool:
    uses = ("compile", "match", "search", "fullmatch", "sub", "subn", "findall", "finditer", "split")
    for node in ast.walk(ast.parse(file.read_text())):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="re" | "_re"), attr=name), args=[first, *_]):
                if name in uses and not isinstance(first, ast.Constant):
                    return True
    return False


@pytest.mark.parametrize("method", ["match", "fullmatch", "search"])
@pytest.mark.parametrize("pattern", ["a(b+)c", "^[a-z][a-z0-9-]{1,18}[a-z0-9]$", "(?i)é+"])
def test_the_answer_is_that_of_re(method: str, pattern: str) -> None:
    for string in ("abbc", "x abbc", "movies-dev", "É\n", "", "\ud800"):
        ours, own = getattr(Bounded(), method)(pattern, string), getattr(re, method)(pattern, string)
        assert (ours and (ours.span(), ours.groups())) == (own and (own.span(), own.groups()))


@pytest.mark.parametrize(
    ("pattern", "length", "quick"),
    [
        ("^[a-z][a-z0-9-]{1,18}[a-z0-9]$", 64, True),
        ("^/[a-z]+/[a-z]+$", 64, True),
        (r"\$\{([^}]+)\}", 64, True),
        (r"\$\{([^}]+)\}", 100_000, False),
        (".*a.*a.*a.*b", 64, False),
        ("^(a+)+$", 20, False),
        ("(a|aa)+$", 20, False),
        ("(?:a?){20}a", 20, False),
        ("(ab|a)(bc|c)(x|y)" * 3, 20, False),
        (r"(a+)\1", 20, False),
    ],
)
def test_what_is_tried_at_once(pattern: str, length: int, quick: bool) -> None:
    assert is_quick(pattern, 0, length) == quick


@pytest.mark.parametrize("use", [Bounded().match, Bounded().fullmatch, Bounded().search, Bounded().compile])
def test_a_pattern_that_takes_too_long_is_an_error_and_the_next_one_is_answered(use: Callable[..., object]) -> None:
    pattern, string = HANGS
    with pytest.raises(ValueError, match=r"takes more than 1 s on a value of 61 characters"):
        use(pattern).fullmatch(string) if use.__name__ == "compile" else use(pattern, string)  # type: ignore[attr-defined]
    assert Bounded().fullmatch("a+", "aaa")


def test_each_module_of_ministack_gets_it() -> None:
    before = {module: getattr(module, name) for module, name in BOUNDED.items()}
    assert set(before.values()) == {re}, "MiniStack calls `re` by another name now"
    try:
        patterns.adapt()
        assert all(isinstance(getattr(module, name), Bounded) for module, name in BOUNDED.items())
    finally:
        for module, name in BOUNDED.items():
            setattr(module, name, before[module])


def _match() -> None:
    re.fullmatch(*HANGS)


def _loop() -> None:
    while True:
        pass


@pytest.mark.parametrize("act", [_match, _loop])
def test_a_step_that_takes_too_long_ends_and_the_others_go_on(act: Callable[[], None]) -> None:
    async def hang() -> None:
        act()

    async def main() -> str:
        limit_steps(asyncio.get_running_loop(), 0.3)
        hanging = asyncio.create_task(hang())
        other = asyncio.create_task(asyncio.sleep(0.01, "answered"))
        with pytest.raises(TookTooLong):
            await hanging
        return await other

    try:
        assert asyncio.run(main()) == "answered"
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
