"""What the page behind every link asks for: who acts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from firms.forms.fields import NoMyNumber
from firms.models import ActionLink
from firms.words.names import plain
from firms.words.saying import said as _


class GuestForm(NoMyNumber, forms.Form):
    """A room's own form for a link stands on this one and adds the fields of its purpose.

    `use` says how often the link had been used when the page was shown, so that a second click is known as one.
    """

    name = forms.CharField(
        label=gettext_lazy("操作する方の氏名"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    position = forms.CharField(
        label=gettext_lazy("立場（宛先の方と違うとき）"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("宛先の方ご本人は、空欄にします。例：工場長（代理）"),
    )
    use = forms.IntegerField(min_value=0, max_value=32_767, widget=forms.HiddenInput)

    def __init__(self, *args: Any, link: ActionLink, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.link = link
        self.initial["use"] = link.uses

    def clean(self) -> dict[str, Any]:
        """A forwarded link is nobody's secret fault: whoever acts in another's place says as what."""
        given = super().clean()
        is_another = "name" in given and plain(given["name"]) != plain(self.link.for_name)
        if is_another and not given.get("position"):
            self.add_error(
                "position",
                _("宛先（%(name)s様）と違う方が操作するときは、立場を入力してください。例：工場長（代理）")
                % {"name": self.link.for_name},
            )
        return given

    @property
    def facts(self) -> dict[str, Any]:
        """What the purpose asked for, without what every link asks."""
        return {name: value for name, value in self.cleaned_data.items() if name not in GuestForm.base_fields}
