"""Updates requirements/*.lock from requirements/*.in, after a change of versions."""

import os
import subprocess

from local_aws.install.environments import REQUIREMENTS, install


def lock() -> None:
    uv = install("uv") / "bin" / "uv"
    environ = {k: v for k, v in os.environ.items() if not k.startswith("PIP_")}
    for source in sorted(REQUIREMENTS.glob("*.in")):
        target = source.with_suffix(".lock")
        command = [uv, "pip", "compile", "--quiet", "--generate-hashes", "--universal", "--python-version", "3.11"]
        if source.stem == "spark":
            command.append("--no-deps")
        command += ["--custom-compile-command", "python3 -m local_aws lock", source.name, "-o", target.name]
        subprocess.run(command, cwd=REQUIREMENTS, env=environ, check=True)
