"""Settings are read at import: no test may touch the developer's own instance."""

import os
import tempfile

os.environ["LOCAL_AWS_HOME"] = tempfile.mkdtemp(prefix="local-aws-unit-")
