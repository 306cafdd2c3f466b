"""One way to write facts down, so that equal facts have equal digests."""

import hashlib
import json
from typing import Any


def canonical(facts: Any) -> str:
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(facts: Any) -> str:
    return hashlib.sha256(canonical(facts).encode()).hexdigest()
