"""The receipt of a filtered list: an address that says what was answered, and later whether the answer has changed and how."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.generic.base import TemplateResponseMixin, View

from sinorus.facets.problems import errors_of, problem_page
from sinorus.facets.receipts import Comparison, Receipt, ReceiptForm, compare, ids_of
from sinorus.publishing import editions
from sinorus.publishing.models import Change
from sinorus.releases.answers import LISTS

SHOWN = 200  # records named on the page; the JSON names all


class ReceiptView(TemplateResponseMixin, View):
    """Makes a receipt for a question, or holds one against today's answer; ``form`` "json" for programs."""

    template_name = "pages/receipt.html"
    form = "html"

    def get(self, request: HttpRequest, name: str) -> HttpResponse:
        if name not in LISTS:
            raise Http404
        answer = Answer(request, name)
        if answer.errors:
            return self._refused(answer)
        return JsonResponse(answer.told(), json_dumps_params={"ensure_ascii": False}) if self.form == "json" else self._page(answer)

    def _page(self, answer: Answer) -> HttpResponse:
        return self.render_to_response({"answer": answer, "view": self})

    def _refused(self, answer: Answer) -> HttpResponse:
        if self.form == "json":
            return problem_page(400, _("The receipt was not understood."), errors=answer.errors)
        return self.render_to_response({"answer": answer, "view": self}, status=400)


class Answer:
    """A question, what a receipt says that it was answered with, and what it is answered with now."""

    def __init__(self, request: HttpRequest, name: str) -> None:
        self.request, self.name, self.list = request, name, LISTS[name]
        self.model = self.list.model
        form = ReceiptForm(request.GET)
        self.question = self.list.filterset_class(request.GET, self.model.objects.public(), also=list(form.fields), request=request)
        self.errors = errors_of(self.question) + form.problems
        self.then: Receipt | None = None
        if not self.errors:
            self._hold(form)

    def _hold(self, form: ReceiptForm) -> None:
        try:
            self.then = Receipt.of(form, self.model.PREFIX)
        except ValidationError as error:
            self.errors = [{"name": "cited_ids", "message": " ".join(error.messages), "allowed": []}]
            return
        edition = getattr(self.request, "edition", None) or editions.current()
        self.now = Receipt.now(ids_of(self.question), self.model.PREFIX, edition, localdate())
        self.difference: Comparison | None = compare(self.then, self.now) if self.then else None

    @property
    def title(self) -> str:
        """What was asked, in words."""
        sentence = self.question.describe()
        return f"{self.list.heading}: {sentence}" if sentence else str(self.list.heading)

    @property
    def query(self) -> str:
        return self.question.canonical(page=None, page_size=None)

    @property
    def list_url(self) -> str:
        return reverse(f"{self.model._meta.model_name}-list") + (f"?{self.query}" if self.query else "")

    @property
    def permalink(self) -> str:
        """The whole receipt of today's answer as an address."""
        path = reverse("receipt", args=[self.name])
        return self.request.build_absolute_uri(f"{path}?{self.now.query(self.question)}")

    @property
    def added(self) -> list[Any]:
        return self._records(self.difference.added or []) if self.difference else []

    @property
    def removed(self) -> list[tuple[str, Any, Change | None]]:
        """(id, the record if readers still see it, the last that the stream of changes says of it)."""
        numbers = (self.difference.removed or [])[:SHOWN] if self.difference else []
        seen = {record.pk: record for record in self._records(numbers)}
        told = {change.record_id: change for change in self._changes().filter(record_id__in=numbers).order_by("edition", "pk")}
        return [(f"{self.model.PREFIX}{number}", seen.get(number), told.get(number)) for number in numbers]

    @property
    def edited(self) -> list[int]:
        """Numbers of records that answered then and answer now, and whose own content was changed in between."""
        both = self.now.numbers & self.then.numbers if self.then and self.then.numbers is not None and self.now.numbers else frozenset()
        return sorted(both.intersection(self._changes().values_list("record_id", flat=True))) if both else []

    @property
    def edited_records(self) -> list[Any]:
        return self._records(self.edited)

    def _changes(self) -> Any:
        after = self.then.edition if self.then else 0
        return Change.objects.public().filter(record_type=self.model._meta.model_name, edition__gt=after)

    def _records(self, numbers: list[int]) -> list[Any]:
        return list(self.model.objects.public().filter(pk__in=numbers[:SHOWN]).order_by("pk"))

    def told(self) -> dict[str, Any]:
        """All of it for programs."""
        body: dict[str, Any] = {"question": self.title, "list": self.request.build_absolute_uri(self.list_url)}
        body |= {"now": self._told(self.now), "receipt": self.permalink, "cited": self._told(self.then) if self.then else None}
        if self.difference:
            named = {"added": self.difference.added, "removed": self.difference.removed, "edited": self.edited}
            ids = {name: None if some is None else [f"{self.model.PREFIX}{one}" for one in some] for name, some in named.items()}
            body |= {"same": self.difference.same, **ids}
        return body

    def _told(self, receipt: Receipt) -> dict[str, Any]:
        return {"edition": receipt.edition, "on": receipt.day.isoformat(), "count": receipt.count, "sha256": receipt.sha256}
