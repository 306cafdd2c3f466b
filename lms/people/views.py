"""The pages on which a firm brings in its employees as a table, looks at them, registers them, and takes them out."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.tables.grids import Unreadable
from firms.errors import Refused
from firms.files import store as files
from firms.files.exports import csv_answer, day_cell
from firms.forms.fields import PlainText
from firms.models import Employment, StoredFile
from firms.policies import may_list_people, may_manage_people
from firms.views.organisations import own_organisation
from firms.web.http import Request, require, saying_no
from firms.words.saying import said as _
from lms.people.keeping import keep_to_look_at
from lms.people.sheets import Firm, Sheet, read
from lms.people.taking import look, take_back, take_in

COLUMNS = "姓,名,セイ,メイ,メールアドレス,事業所,雇入日,雇用保険被保険者番号,雇用形態,職務,勤務形態".split(",")
# In the session: the file looked at, and whom the last one brought in.
FILE, BROUGHT = "people_file", "people_brought"


class PeopleFileForm(PlainText, forms.Form):
    file = forms.FileField(
        label=gettext_lazy("ファイル"),
        help_text=gettext_lazy("Excel（xlsx）、CSV（Shift_JIS・UTF-8）、タブ区切り。500人まで。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt"}),
        error_messages={"required": gettext_lazy("取り込むファイルを選んでください。")},
    )


@require_http_methods(["GET", "POST"])
def people_import(request: Request) -> HttpResponse:
    """Handing in a file looks at it; nothing is registered before the word is given."""
    require(may_manage_people(request.acting))
    form = PeopleFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            request.session[FILE] = keep_to_look_at(form.cleaned_data["file"], by=request.acting).pk
            return looked_at(request)
        except Refused as refused:
            form.add_error("file", refused.sentence)
        except Unreadable as unread:
            form.add_error("file", unread.sentence)
    brought = request.session.get(BROUGHT, [])
    return render(request, "people/import.html", {"form": form, "brought": len(brought)})


def file_of(request: Request) -> StoredFile:
    """Which one is looked at stays in the session, so that nobody names another's."""
    stored = StoredFile.objects.filter(pk=request.session.get(FILE, 0)).first()
    if stored is None:
        raise Unreadable(_("ファイルがありません。もう一度選んでください。"))
    return stored


def sheet_of(request: Request, stored: StoredFile) -> Sheet:
    return read(files.read(stored), Firm.of(own_organisation(request)))


def looked_at(request: Request) -> HttpResponse:
    sheet = sheet_of(request, file_of(request))
    look(sheet.wishes, by=request.acting)
    good = [wish for wish in sheet.wishes if not wish.problem]
    context = {
        "good": good,
        "refused": [wish for wish in sheet.wishes if wish.problem],
        "left_out": " ".join(sheet.left_out),
        "invited": sum(1 for wish in good if wish.fields["email"]),
    }
    return render(request, "people/looked_at.html", context)


@require_POST
def people_register(request: Request) -> HttpResponse:
    """A second click finds no file any more, and leads to the list where everybody stands."""
    require(may_manage_people(request.acting))
    if FILE not in request.session:
        return redirect("firms:people")
    try:
        stored = file_of(request)
        sheet = sheet_of(request, stored)
        look(sheet.wishes, by=request.acting)
        made = take_in(sheet.wishes, stored, by=request.acting)
    except (Refused, Unreadable) as refused:
        messages.error(request, refused.sentence)
        return redirect("people:import")
    del request.session[FILE]
    if made:
        request.session[BROUGHT] = [one.pk for one in made]
    messages.success(request, _("%(n)s人を登録しました。") % {"n": len(made)})
    return redirect("people:import")


@require_POST
def people_undo(request: Request) -> HttpResponse:
    require(may_manage_people(request.acting))
    with saying_no(request):
        taken = take_back(request.session.get(BROUGHT, []), by=request.acting)
        messages.success(request, _("%(n)s人の登録を取り消しました。") % {"n": taken})
        request.session.pop(BROUGHT, None)
    return redirect("people:import")


@require_safe
def people_csv(request: Request) -> HttpResponse:
    """Everybody employed today whom one may see, in the columns the import reads; `?empty` is the pattern to fill in."""
    require(may_list_people(request.acting))
    is_empty = "empty" in request.GET
    held = Employment.objects.visible_to(request.acting).on(request.acting.today)
    rows = () if is_empty else map(row_of, held.select_related("person", "establishment", "pattern"))
    return csv_answer(request, "従業員_見本" if is_empty else "従業員", COLUMNS, rows)


def row_of(one: Employment) -> list[str]:
    person = one.person
    return [
        person.family_name,
        person.given_name,
        person.family_kana,
        person.given_kana,
        one.mail,
        one.establishment.name,
        day_cell(one.started_on),
        one.insured_number,
        str(one.get_contract_display()),
        one.job_title,
        one.pattern.name if one.pattern else "",
    ]
