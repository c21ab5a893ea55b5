"""Describes a failed installation in one line, with the next step."""

import errno


class InstallFailed(Exception):
    """An installation failed. The message is one line: the operation, the cause, the next step."""


def explain(doing: str, output: str) -> str:
    """Turns the output of a failed uv or pip into this line (pure)."""
    text = output.lower()
    lines = [line.strip(" ×╰─▶├│") for line in output.splitlines() if line.strip(" ×╰─▶├│")]
    last = next((line for line in reversed(lines) if not line.startswith("hint")), "no output")[:300]
    if "no space left on device" in text or "os error 28" in text:
        return f"{doing}: the disk is full: free some space, then start again"
    if "hash mismatch" in text or "do not match the hashes" in text:
        return f"{doing}: a package differs from its locked hash: check your package index, then start again"
    signs = ("dns error", "failed to fetch", "connection refused", "timed out", "connection reset", "certificate")
    if any(sign in text for sign in signs):
        return (
            f"{doing}: the package index did not respond ({last}): "
            "check network, proxy and SSL_CERT_FILE, then start again"
        )
    return f"{doing}: {last}"


def explain_os_error(doing: str, error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return f"{doing}: the disk is full: free some space, then start again"
    return f"{doing}: {error}"
