"""`python -m mentors.rules`."""

import sys

from firms.rules.command import run
from mentors.rules.questions import answer

if __name__ == "__main__":
    run(answer, sys.stdin.buffer, sys.stdout.buffer)
