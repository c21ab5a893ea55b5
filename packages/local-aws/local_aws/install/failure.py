"""A failed installation in one line that says what to do next."""

import errno


class InstallFailed(Exception):
    """The message is one line for a person: what was being done, why it failed, what to do."""


def explain(doing: str, output: str) -> str:
    """Turns the output of a failed uv or pip into that line (pure)."""
    text = output.lower()
    lines = [line.strip(" ×╰─▶├│") for line in output.splitlines() if line.strip(" ×╰─▶├│")]
    last = next((line for line in reversed(lines) if not line.startswith("hint")), "no output")[:300]
    if "no space left on device" in text or "os error 28" in text:
        return f"{doing}: the disk is full: free some space, then start again"
    if "hash mismatch" in text or "do not match the hashes" in text:
        return f"{doing}: a package differs from its locked hash: check the package index in use, then start again"
    signs = ("dns error", "failed to fetch", "connection refused", "timed out", "connection reset", "certificate")
    if any(sign in text for sign in signs):
        return (
            f"{doing}: the package index did not answer ({last}): "
            "check network, proxy and SSL_CERT_FILE, then start again"
        )
    return f"{doing}: {last}"


def explain_os_error(doing: str, error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return f"{doing}: the disk is full: free some space, then start again"
    return f"{doing}: {error}"
