"""Labels to stick on a machine: a step each, with a code of 18 mm that opens its second of the film."""

from pathlib import Path

from django.urls import reverse

from firms.papers.press import render
from mentors.models import ManualVersion

STYLE = Path(__file__).with_name("labels.css")
# Four modules of quiet around it, as ISO/IEC 18004 asks; a smudge of oil takes a quarter of it and it is still read.
BORDER, ERROR = 4, "q"
# Printed at 18 mm a module has to be as wide as a telephone reads from a hand's breadth away.
SIZE_MM, LEAST_MODULE_MM = 18, 0.33


def label_code(text: str) -> str:
    """As an address the paper can show; of the highest correction whose modules are still wide enough."""
    import segno

    for error in (ERROR, "m", "l"):
        code = segno.make(text, error=error, boost_error=False, micro=False)
        if SIZE_MM / code.symbol_size(border=BORDER)[0] >= LEAST_MODULE_MM:
            break
    drawn: str = code.svg_data_uri(border=BORDER, dark="#000", light="#fff", scale=4)
    return drawn


def labels_pdf(version: ManualVersion, *, base: str) -> bytes:
    steps = version.steps.select_related("mark")
    rows = [(one, label_code(label_address(one.mark.code, base=base))) for one in steps]
    context = {"version": version, "rows": rows, "machine": version.machine}
    return render("mentors/papers/labels.html", context, style=STYLE)


def label_address(code: str, *, base: str) -> str:
    return f"{base}{reverse('mentors:step_label', args=[code])}"
