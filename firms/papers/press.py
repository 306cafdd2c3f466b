"""Template and context in, PDF out: the same data give the same bytes."""

import atexit
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from firms.papers.boxes import font_face

STYLE = Path(__file__).with_name("paper.css")
# Tagged, titled and in a named language, so that a screen reader can follow the form; fonts are within it in any case.
# Not pdf/a-3a: WeasyPrint 70 leaves its colour profile open at every paper of that kind, and a merged pack is none anyway.
VARIANT = "pdf/ua-1"


@dataclass(frozen=True)
class Press:
    """What every paper shares: making them anew for each would cost more than the paper."""

    fetcher: Any
    fonts: Any
    stylesheet: Any


@cache
def press() -> Press:
    """Nothing but data: addresses is ever fetched, so a paper cannot be made to read a file or ask a server."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    atexit.register(press.cache_clear)  # the fonts are given back while the libraries that made them still stand
    logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)
    fetcher, fonts = URLFetcher(allowed_protocols=("data",)), FontConfiguration()
    style = font_face() + STYLE.read_text(encoding="utf-8")
    return Press(fetcher, fonts, CSS(string=style, url_fetcher=fetcher, font_config=fonts))


@cache
def sheet(path: Path) -> Any:
    """A paper's own style, after the one all share."""
    from weasyprint import CSS

    shared = press()
    return CSS(string=path.read_text(encoding="utf-8"), url_fetcher=shared.fetcher, font_config=shared.fonts)


def render(template: str, context: Mapping[str, Any], *, style: Path | None = None) -> bytes:
    """An official paper is Japanese, whatever language the page around it is in."""
    from weasyprint import HTML

    shared = press()
    with translation.override("ja"):
        page = render_to_string(template, dict(context))
    pdf: bytes = HTML(string=page, url_fetcher=shared.fetcher).write_pdf(
        stylesheets=[shared.stylesheet, *([sheet(style)] if style else [])],
        font_config=shared.fonts,
        pdf_variant=VARIANT,
        pdf_tags=True,
    )
    return pdf
