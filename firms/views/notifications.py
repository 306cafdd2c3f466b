"""What Takumi told a person, and in the demo the mails it would have sent."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firms.models import Notification
from firms.policies import may_see_letter_volumes
from firms.post.outbox import letters, outbox_folder
from firms.web.http import Request, page_of
from firms.words.saying import said as _


@require_http_methods(["GET", "POST"])
def notifications(request: Request) -> HttpResponse:
    """A POST marks everything read."""
    rows = Notification.objects.filter(person=request.person)
    if request.method == "POST":
        rows.filter(read_at=None).update(read_at=timezone.now())
        messages.success(request, _("すべて既読にしました。"))
        return redirect("firms:notifications")
    page = page_of(rows.select_related("organisation"), request)
    return render(
        request, "firms/notifications.html", {"page": page, "may_see_volumes": may_see_letter_volumes(request.acting)}
    )


@require_POST
def notification_read(request: Request, pk: int) -> HttpResponse:
    """Mark it read and open the page it is about."""
    notification = get_object_or_404(Notification, person=request.person, pk=pk)
    Notification.objects.filter(pk=pk, read_at=None).update(read_at=timezone.now())
    is_ours = url_has_allowed_host_and_scheme(notification.path, allowed_hosts=None)
    return redirect(notification.path if notification.path and is_ours else "firms:notifications")


@login_not_required
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """Open in the demo alone, where mails are written to a folder instead of being sent."""
    folder = outbox_folder()
    if folder is None:
        raise Http404
    return render(request, "firms/outbox.html", {"letters": letters(folder)})
