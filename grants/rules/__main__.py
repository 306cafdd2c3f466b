"""`python -m grants.rules`."""

import sys

from firms.rules.command import run
from grants.rules.questions import answer

if __name__ == "__main__":
    run(answer, sys.stdin.buffer, sys.stdout.buffer)
