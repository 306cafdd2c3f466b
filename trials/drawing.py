"""The state table as a drawing in Mermaid, written into docs/ and compared with the table by a test."""

from pathlib import Path

from trials.states import EVENTS, Event, PlacementState

FILE = Path(__file__).resolve().parent.parent / "docs" / "trials.md"
HEAD = """# トライアル就労の状態

`script/manage draw_trials` が `trials/states.py` の `EVENTS` から書きます。手では直しません。

```mermaid
stateDiagram-v2
"""


def arrow(event: Event, source: PlacementState) -> str:
    return f"  {source} --> {event.to or source}: {event.label}（{'・'.join(str(party.label) for party in event.by)}）"


def begins(event: Event) -> str:
    return f"  {event.to} --> {event.begins}: {event.label}（新しいトライアル）"


def drawing() -> str:
    names = [f"  {state}: {state.label}" for state in PlacementState]
    arrows = [arrow(event, source) for event in EVENTS for source in event.sources]
    new = [begins(event) for event in EVENTS if event.begins]
    lines = [*names, f"  [*] --> {PlacementState.REGISTERED}", *arrows, *new, f"  {PlacementState.CLOSED} --> [*]"]
    return HEAD + "\n".join(lines) + "\n```\n"
