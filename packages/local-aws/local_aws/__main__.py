"""`python3 -m local_aws <command>`; needs nothing but a Python of 3.11 or later to begin."""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        f"local-aws: needs Python 3.11, 3.12 or 3.13, this is {sys.version.split()[0]}: "
        "install one of them, e.g. with pyenv"
    )

from local_aws.cli import main

main()
