"""What every test may rely on, whatever the machine it runs on."""

import os
import sys

# Defaults of the settings come from the locale; a test must not depend on the developer's.
os.environ["LC_ALL"] = "C.UTF-8"
if sys.platform == "linux":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
