"""`script/run web|worker|hand`: one program of a site each, for a service manager or a container that tends it.

`script/server` starts the same commands and tends them itself.
"""

import os
import sys

from lms.supervisor import hand_command, web_command, worker_command

PROGRAMS = {"web": web_command, "worker": worker_command, "hand": hand_command}


def main(words: list[str]) -> None:
    if len(words) != 1 or words[0] not in PROGRAMS:
        raise SystemExit(f"run: say which program: {', '.join(PROGRAMS)}, as in script/run web")
    command = PROGRAMS[words[0]]()
    os.execv(command[0], command)  # noqa: S606 - our own command, in place of this process


if __name__ == "__main__":
    main(sys.argv[1:])
