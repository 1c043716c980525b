"""Readers' reports: the one public page with a form token. Never cached; no account, no third party, nothing kept of who it was.

Against spam: a field that no person sees, a signed hour of opening that makes a form neither instant nor eternal, so many
reports an hour from one address and a day from all, and few links in a text.
"""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from rest_framework.throttling import BaseThrottle

from sinorus.publishing.models import Record
from sinorus.publishing.views import record_models
from sinorus.publishing.words import takes_text

from .models import Report

#: Reports from one address in an hour, and from everybody in a day.
AN_HOUR: Final = 5
A_DAY: Final = 500
#: Seconds from opening the form to sending it.
QUICKEST: Final = 3
SLOWEST: Final = 24 * 60 * 60
_LINKS: Final = 5
_SIGNER = TimestampSigner(salt="sinorus.desk.report")


def sender_of(request: HttpRequest) -> str:
    """A digest of the address that a request comes from and the day, with the key of the site: the same for a day, and no address."""
    address = BaseThrottle().get_ident(request)
    return salted_hmac("sinorus.desk.report", f"{address} {timezone.localdate()}", algorithm="sha256").hexdigest()[:32]


class AboutForm(forms.Form):
    """What a report is about: ``?record=E12``."""

    record = forms.RegexField(r"^[A-Z][0-9]{1,18}$", required=False)

    def found(self) -> Record | None:
        """The public record; None when none is named. Raises Http404 for what is not public."""
        if not self.is_valid():
            raise Http404
        if not (name := self.cleaned_data["record"]):
            return None
        if (model := record_models().get(name[0])) is None:
            raise Http404
        return get_object_or_404(model.objects.public(), pk=int(name[1:]))


@takes_text
class ReportForm(forms.ModelForm):
    """What a reader has to say."""

    website = forms.CharField(label=_("Leave this empty"), required=False)
    opened = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Report
        fields = ("kind", "text", "source", "email")
        labels = {
            "kind": _("What is it?"),
            "text": _("What should be put right?"),
            "source": _("Which source shows it?"),
            "email": _("Your e-mail address"),
        }
        help_texts = {
            "kind": "",
            "text": _("Up to 4,000 characters, in any language."),
            "source": _("Title and page, or an address. May be left empty."),
            "email": _(
                "Only if we may ask you back. It is shown to editors alone, and deleted when your report is answered or when you say so."
            ),
        }
        widgets = {"kind": forms.RadioSelect, "text": forms.Textarea(attrs={"rows": 8, "maxlength": 4_000})}

    def __init__(self, data: Any = None, *, sender: str, **given: Any) -> None:
        super().__init__(data, **given)
        self.instance.sender = sender
        self.fresh = _SIGNER.sign("form")

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if len(text.split()) < 2 and len(text) < 10:
            raise ValidationError(_("Say a little more, so that an editor can find what you mean."))
        if text.lower().count("http") > _LINKS:
            raise ValidationError(_("At most %(limit)s links, please.") % {"limit": _LINKS})
        return text

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError(_("This field is there for programs that fill in everything. Empty it."))
        return ""

    def clean(self) -> dict[str, Any]:
        try:
            _SIGNER.unsign(self.cleaned_data.get("opened") or "", max_age=SLOWEST)
        except SignatureExpired:
            self.add_error(None, _("This form was open for more than a day. Your words are kept below: send it again."))
        except BadSignature:
            self.add_error(None, _("The form came incomplete. Your words are kept below: send it again."))
        else:
            self._not_at_once()
        return self.cleaned_data

    def _not_at_once(self) -> None:
        try:
            _SIGNER.unsign(self.cleaned_data["opened"], max_age=QUICKEST)
        except SignatureExpired:
            self.fresh = self.cleaned_data["opened"]
        else:
            self.fresh = self.cleaned_data["opened"]
            self.add_error(None, _("That was very quick, as programs are. Wait a moment and send it again."))


def too_many(sender: str) -> bool:
    """Whether one address, or everybody together, sent as much as an editor can read."""
    now = timezone.now()
    sent = Report.objects.filter(created__lte=now + timezone.timedelta(minutes=1))  # a clock that was early closes the form to nobody
    recent = sent.filter(created__gt=now - timezone.timedelta(hours=1), sender=sender).count()
    return recent >= AN_HOUR or sent.filter(created__gt=now - timezone.timedelta(days=1)).count() >= A_DAY


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """``?record=E12``: the form, and its sending; then the receipt. 404 for a record that is not public, 429 for too many."""
    record = AboutForm(request.GET).found()
    sender = sender_of(request)
    form = ReportForm(request.POST if request.method == "POST" else None, sender=sender)
    status = 200
    if form.is_bound and form.is_valid():
        if not too_many(sender):
            return redirect("report-receipt", _kept(form, record).number)
        form.add_error(None, _("Many reports have come from here just now. Your words are kept below: send them in an hour."))
        status = 429
    answer = render(request, "desk/report.html", {"form": form, "record": record}, status=status)
    if status == 429:
        answer.headers["Retry-After"] = "3600"
    return answer


def _kept(form: ReportForm, record: Record | None) -> Report:
    made = form.save(commit=False)
    made.language = (get_language() or "en")[:8]
    if record:
        made.record_type, made.record_id = record._meta.model_name, record.pk
    made.save()
    return made


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """What was reported, and the answer, for whoever has the number; a POST deletes the e-mail address."""
    found = get_object_or_404(Report.objects.exclude(state=Report.State.SPAM), number=number[:19].upper())
    if request.method == "POST":
        Report.objects.filter(pk=found.pk).update(email="")
        return redirect("report-receipt", found.number)
    record = found.record
    return render(request, "desk/receipt.html", {"report": found, "record": record if record and record.is_public else None})
