"""`python3 -m local_aws <command>`; requires only Python 3.11 or newer to start."""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        f"local-aws: needs Python 3.11, 3.12 or 3.13, found {sys.version.split()[0]}: "
        "install one of them, for example with pyenv"
    )

from local_aws.cli import main

main()
