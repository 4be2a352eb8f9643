"""Property tests try the same examples every time, so that a run means the same everywhere.

HYPOTHESIS_PROFILE=explore tries new ones.
"""

import os

from hypothesis import settings

settings.register_profile("repeatable", derandomize=True)
settings.register_profile("explore", settings.get_profile("default"))
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))
