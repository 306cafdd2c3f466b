"""The pages on which the ward brings in older certificates as a table, looks at them, records them, and takes them back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.tables.grids import Unreadable
from firms.errors import Refused
from firms.files import store as files
from firms.files.exports import csv_answer
from firms.models import StoredFile
from firms.web.http import Request, require, saying_no
from firms.words.saying import said as _
from lms.certificates.sheets import read
from lms.certificates.taking import look, take_in
from lms.people.keeping import CERTIFICATES, keep_to_look_at
from lms.people.views import PeopleFileForm
from mentors.actions.certifying.recording import unrecord_certificates
from mentors.policies import may_keep_board

COLUMNS = (
    "氏名,フリガナ,メールアドレス,認定の種類,職種,認定番号,認定日,有効期限,資格,資格を得た日,実務経験の初日,実務経験の末日,"
    "指導経験の初日,指導経験の末日,得意とする指導内容,機械,地域,言語"
).split(",")
# In the session: the file looked at, and what the last one brought in.
FILE, BROUGHT = "certificates_file", "certificates_brought"


@require_http_methods(["GET", "POST"])
def certificates_import(request: Request) -> HttpResponse:
    """Handing in a file looks at it; nothing is recorded before the word is given."""
    require(may_keep_board(request.acting))
    form = PeopleFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            stored = keep_to_look_at(form.cleaned_data["file"], verb=CERTIFICATES.looked_at, by=request.acting)
            request.session[FILE] = stored.pk
            return looked_at(request, stored)
        except (Refused, Unreadable) as refused:
            form.add_error("file", refused.sentence)
    brought = request.session.get(BROUGHT, [])
    return render(request, "certificates/import.html", {"form": form, "brought": len(brought)})


def looked_at(request: Request, stored: StoredFile) -> HttpResponse:
    sheet = read(files.read(stored))
    look(sheet.wishes, by=request.acting)
    context = {
        "good": [wish for wish in sheet.wishes if not wish.problem],
        "refused": [wish for wish in sheet.wishes if wish.problem],
        "left_out": " ".join(sheet.left_out),
    }
    return render(request, "certificates/looked_at.html", context)


@require_POST
def certificates_take(request: Request) -> HttpResponse:
    """A second click finds no file any more, and leads back to the page that says what was brought in."""
    require(may_keep_board(request.acting))
    stored = StoredFile.objects.filter(pk=request.session.pop(FILE, 0)).first()
    if stored is None:
        return redirect("certificates:import")
    try:
        sheet = read(files.read(stored))
        look(sheet.wishes, by=request.acting)
        made = take_in(sheet.wishes, stored, by=request.acting)
    except (Refused, Unreadable) as refused:
        messages.error(request, refused.sentence)
        return redirect("certificates:import")
    if made:
        request.session[BROUGHT] = [one.pk for one in made]
    messages.success(request, _("%(n)s件の認定を取り込みました。") % {"n": len(made)})
    return redirect("certificates:import")


@require_POST
def certificates_undo(request: Request) -> HttpResponse:
    require(may_keep_board(request.acting))
    with saying_no(request):
        taken = unrecord_certificates(request.session.get(BROUGHT, []), by=request.acting)
        messages.success(request, _("%(n)s件の取込みを取り消しました。") % {"n": taken})
        request.session.pop(BROUGHT, None)
    return redirect("certificates:import")


@require_safe
def certificates_pattern(request: Request) -> HttpResponse:
    require(may_keep_board(request.acting))
    return csv_answer(request, _("認定_見本"), COLUMNS, ())
