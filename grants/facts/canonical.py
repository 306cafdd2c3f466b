"""One way to write facts down, so that equal facts have equal digests."""

import hashlib
import json


def canonical(facts: object) -> str:
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(facts: object) -> str:
    return hashlib.sha256(canonical(facts).encode()).hexdigest()
