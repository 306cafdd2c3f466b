"""Settings of the processes `script/bench peers --serve` measures: the site's own, but nobody counts the sign-ins."""

from lms.settings import *  # noqa: F403

ACCOUNT_RATE_LIMITS = False
