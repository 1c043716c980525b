"""Sessions that end, and the second factor: asked of every request to the admin, before anything else is looked at."""

from __future__ import annotations

import base64
import datetime
from typing import Any, Final

import segno
from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_otp import login as verified
from django_otp import user_has_device
from django_otp.plugins.otp_totp.models import TOTPDevice
from rest_framework.throttling import BaseThrottle

from sinorus.publishing import workflow

#: Views that stay open to who has given a password and not yet a code.
_OPEN: Final = frozenset({"logout", "second-factor", "jsi18n"})
_BEGAN, _SEEN = "began", "seen"
_NOTED_EACH: Final = 60  # seconds; a session is not written at every request
_CLOCKS_DIFFER: Final = 60  # seconds between those of our machines


def address_of(request: HttpRequest) -> str:
    """The address that a request comes from, behind as many proxies as the settings say."""
    return str(BaseThrottle().get_ident(request) or "")


def stopped(request: HttpRequest) -> HttpResponse | None:
    """Where a request is sent instead: to the sign-in when its session has ended, to the code when that is missing."""
    if not request.user.is_authenticated:
        return None
    if _has_ended(request):
        logout(request)
        messages.info(request, _("You were signed out because your session had ended."))
        return redirect_to_login(request.get_full_path(), reverse("admin:login"))
    if request.resolver_match and request.resolver_match.url_name in _OPEN:
        return None
    return None if has_second_factor(request.user) else redirect_to_login(request.get_full_path(), reverse("admin:second-factor"))


def _has_ended(request: HttpRequest) -> bool:
    """Whether the session is older, or was idle longer, than the settings allow; notes that it is not."""
    now = int(timezone.now().timestamp())
    began, seen = request.session.setdefault(_BEGAN, now), request.session.setdefault(_SEEN, now)
    ages = (now - began, settings.SESSION_COOKIE_AGE), (now - seen, settings.SESSION_IDLE)
    if any(not -_CLOCKS_DIFFER <= age <= limit for age, limit in ages):  # begun in the future: a clock was wrong, and it would never end
        return True
    if now - seen >= _NOTED_EACH:
        request.session[_SEEN] = now
    return False


class Attempts(AxesDatabaseHandler):
    """Wrong passwords that were noted by a clock that was early lock nobody out until that hour comes: they count no longer."""

    def get_user_attempts(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> list[QuerySet]:
        return [found.filter(attempt_time__lte=_latest()) for found in super().get_user_attempts(request, credentials)]

    def clean_expired_user_attempts(self, request: HttpRequest | None = None, credentials: dict[str, Any] | None = None) -> int:
        count, _kinds = AccessAttempt.objects.filter(attempt_time__gt=_latest()).delete()
        return count + int(super().clean_expired_user_attempts(request, credentials))


def _latest() -> datetime.datetime:
    """The latest hour that another of our machines can have noted by a clock that is right."""
    return timezone.now() + datetime.timedelta(seconds=_CLOCKS_DIFFER)


def is_required(user: Any) -> bool:
    """Whether a user must have a second factor."""
    return bool(settings.SECOND_FACTOR_FOR_PUBLISHERS and workflow.may_publish(user))


def has_second_factor(user: Any) -> bool:
    """Whether a user gave a code in this session, or needs none: who has set up a device always gives one."""
    return user.is_verified() or not (is_required(user) or user_has_device(user))


class CodeForm(forms.Form):
    """The six digits that an authenticator shows now."""

    code = forms.RegexField(
        r"^\s*(\d\s*){6}$",
        label=gettext_lazy("Code"),
        max_length=20,
        error_messages={"invalid": gettext_lazy("The code has six digits.")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True, "size": 10}),
    )

    def __init__(self, device: TOTPDevice, data: Any = None) -> None:
        self.device = device
        super().__init__(data)

    def clean_code(self) -> str:
        code = "".join(self.cleaned_data["code"].split())
        if self.device.throttling_failure_timestamp and self.device.throttling_failure_timestamp > _latest():
            self.device.throttle_reset()  # noted by a clock that was early: it would wait until that hour
        allowed, why = self.device.verify_is_allowed()
        if not allowed:
            until = why.get("locked_until") if why else None
            seconds = max(1, int((until - timezone.now()).total_seconds()) + 1) if until else 60
            raise ValidationError(_("Too many codes were wrong. Wait %(seconds)d seconds.") % {"seconds": seconds})
        if not self.device.verify_token(code):
            raise ValidationError(_("That is not the code of now. Is the clock of your device right?"))
        return code


class NextForm(forms.Form):
    """Where to go afterwards, and what to do with a device."""

    next = forms.CharField(required=False, max_length=2_000)
    action = forms.ChoiceField(required=False, choices=[("remove", "remove")])

    def address(self, request: HttpRequest) -> str:
        """The page that was asked for, when it is one of ours."""
        asked = self.cleaned_data.get("next", "") if self.is_valid() else ""
        ours = {"allowed_hosts": {request.get_host()}, "require_https": request.is_secure()}
        safe = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, **ours)
        return asked if safe else reverse("admin:index")


def second_factor(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Give the code of a device; set one up, when there is none; take it away again, when none is required."""
    target = NextForm(request.POST or request.GET)
    address = target.address(request)
    device = TOTPDevice.objects.filter(user=request.user, confirmed=True).first()
    if device and request.user.is_verified():
        if request.method == "POST" and target.cleaned_data.get("action") == "remove" and not is_required(request.user):
            device.delete()
            messages.success(request, _("The second factor was removed."))
            return redirect("admin:second-factor")
        return TemplateResponse(request, "admin/desk/second_factor_on.html", {**context, "required": is_required(request.user)})
    fresh = device is None
    if device is None:
        device, _made = TOTPDevice.objects.get_or_create(user=request.user, confirmed=False, defaults={"name": "TOTP"})
    form = CodeForm(device, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        if fresh:
            device.confirmed = True
            device.save()
            messages.success(request, _("From now on a code is asked for when you sign in."))
        verified(request, device)
        return HttpResponseRedirect(address)  # and not the route of that name, as `redirect` would take it
    if fresh:
        context |= {"picture": segno.make(device.config_url).svg_data_uri(scale=5, border=2, light="#fff"), "secret": _grouped(device)}
    return TemplateResponse(
        request,
        "admin/desk/second_factor.html",
        {**context, "form": form, "next": address, "fresh": fresh, "required": is_required(request.user)},
    )


def _grouped(device: TOTPDevice) -> str:
    """The secret as authenticators take it, in groups of four."""
    secret = base64.b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
