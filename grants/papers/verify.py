"""Checks a folder against its SHA256SUMS.txt; needs Python alone, and travels in every bundle."""

import hashlib
import sys
from pathlib import Path

SUMS = "SHA256SUMS.txt"
# Neither can name its own hash in the sums.
LISTS = {SUMS, "目録.csv"}


def listed(folder: Path) -> dict[str, str]:
    """Hash by name, as sha256sum writes it: the hash, two spaces, the name."""
    lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}


def faults(folder: Path) -> list[str]:
    """A sentence for each file that is missing, changed, or not of this bundle."""
    known = listed(folder)
    here = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - LISTS
    missing = [f"ありません: {name}" for name in known if name not in here]
    strange = [f"目録にないファイルです: {name}" for name in sorted(here - set(known))]
    changed = [
        f"内容が変わっています: {name}"
        for name, digest in known.items()
        if name in here and hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest
    ]
    return missing + changed + strange


def main(folder: Path) -> int:
    if not (folder / SUMS).is_file():
        sys.stdout.write(f"{SUMS} がありません。ZIPを展開したフォルダで実行してください。\n")
        return 2
    found = faults(folder)
    count = len(listed(folder))
    sys.stdout.write("\n".join(found or [f"すべて一致しました（{count}ファイル）。"]) + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent))
