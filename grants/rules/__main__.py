"""`python -m grants.rules`."""

import sys

from firms.rules.command import run
from grants.rules.questions import spoken

if __name__ == "__main__":
    run(spoken, sys.stdin.buffer, sys.stdout.buffer)
