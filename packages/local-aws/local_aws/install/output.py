"""The one way to speak to the person at the terminal."""


def say(part: str, text: str) -> None:
    """Prints "local-aws: <part>: <text>" on stdout, at once."""
    print(f"local-aws: {part}: {text}" if part else f"local-aws: {text}", flush=True)
