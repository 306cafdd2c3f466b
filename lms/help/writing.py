"""The guides of docs/guide, one a role, written from the same lines as the page 「はじめての方へ」."""

from pathlib import Path

from lms.help.reading import Guide, guides, words

FOLDER = Path(__file__).parent.parent.parent / "docs" / "guide"


def texts() -> dict[str, str]:
    """The files' names and what stands in them."""
    written = {f"{guide.key}.md": guide_text(guide) for guide in guides().values()}
    return written | {"README.md": contents()}


def guide_text(guide: Guide) -> str:
    told = used_words(guide)
    steps = [
        f"## {number}. {step.title}\n\n{step.text}\n\n![{step.title}]({picture_of(guide, number)})"
        for number, step in enumerate(guide.steps, start=1)
    ]
    return "\n\n".join(
        [
            f"# {guide.title}",
            "`script/manage write_guides` が `lms/help/steps.toml` から書きます。手では直しません。"
            "画面の写真は `tests/stories/test_guides.py` が撮ります。",
            guide.about,
            f"![ホーム]({picture_of(guide, 0)})",
            *steps,
            *(["## ことば", told] if told else []),
            "",
        ]
    )


def picture_of(guide: Guide, number: int) -> str:
    return f"../pictures/guide/{guide.key}-{number}.jpg"


def used_words(guide: Guide) -> str:
    """The official words of the guide, explained at its end."""
    text = guide.about + "".join(step.title + step.text for step in guide.steps)
    return "\n".join(
        f"- **{word.word}**（{word.kana}）: {word.means}" for word in words().values() if word.word in text
    )


def contents() -> str:
    lines = "\n".join(f"- [{guide.title}]({guide.key}.md): {guide.about}" for guide in guides().values())
    return f"# 役割ごとの手引き\n\n{lines}\n"
