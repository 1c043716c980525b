"""What editors see of instruments."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from sinorus.facets.admin import facet_filters
from sinorus.publishing import workflow
from sinorus.publishing.admin import STATE, TITLES, EvidenceRequired, RecordAdmin, date_fields
from sinorus.publishing.desk import OnlyOffered
from sinorus.publishing.history import Edit
from sinorus.sources.admin import AccountInline, CitationInline
from sinorus.vocab.admin import NAME_FIELDS

from .filters import TreatyFilterSet
from .models import (
    Article,
    FormulaUse,
    Party,
    PartyAction,
    Provision,
    Registration,
    Signature,
    Treaty,
    TreatyAccount,
    TreatyCitation,
    TreatyLanguage,
    TreatyLink,
    TreatyName,
    WorkingLife,
)


class PartyInline(admin.TabularInline):
    """Parties; their acts are on the party's own form."""

    model = Party
    autocomplete_fields = ("actor",)
    show_change_link = True
    extra = 0


class SignatureInline(admin.TabularInline):
    """Who signed."""

    model = Signature
    autocomplete_fields = ("actor", "party")
    extra = 0


class ArticleInline(admin.StackedInline):
    """Articles; their topics are on the article's own form."""

    model = Article
    fields = (("number", "key", "heading", "position"), "summary", ("quotation", "quotation_language"))
    show_change_link = True
    extra = 0


class TreatyNameInline(admin.TabularInline):
    """Other names."""

    model = TreatyName
    fields = NAME_FIELDS
    extra = 0


class RegistrationInline(admin.TabularInline):
    """Where it is registered."""

    model = Registration
    extra = 0


class LanguageInline(admin.TabularInline):
    """Languages of the text."""

    model = TreatyLanguage
    extra = 0


class FormulaUseInline(admin.TabularInline):
    """Formulas that it uses."""

    model = FormulaUse
    autocomplete_fields = ("formula",)
    extra = 0


class TreatyLinkInline(admin.TabularInline):
    """How it stands to other instruments."""

    model = TreatyLink
    fk_name = "treaty"
    fields = ("article", "type", "target", "target_article")
    autocomplete_fields = ("target",)
    extra = 0


class WorkingLifeInline(admin.StackedInline):
    """What sources say of its working life."""

    model = WorkingLife
    fields = (("text", "holder"), ("start_text", "start_edtf", "end_text", "end_edtf"), ("source", "locator"))
    autocomplete_fields = ("holder", "source")
    extra = 0


class TreatyCitationInline(CitationInline):
    """What it rests on."""

    model = TreatyCitation
    formset = EvidenceRequired


class TreatyAccountInline(AccountInline):
    """Where sources disagree."""

    model = TreatyAccount


@admin.register(Treaty)
class TreatyAdmin(RecordAdmin):
    """Instruments."""

    list_display = ("title", "signed_edtf", "kind", "binding", "place", "status")
    list_select_related = ("place",)
    list_filter = ("status", *facet_filters(TreatyFilterSet))
    search_fields = (*RecordAdmin.search_fields, "summary")
    autocomplete_fields = ("place", "themes", "assessments", "signed_at", "ended_by")
    fieldsets = (
        (None, {"fields": (*TITLES, ("kind", "binding"), "summary")}),
        (_("Signed"), {"fields": (*date_fields("signed"), ("place", "place_note"), "signed_at")}),
        (
            _("Legal life"),
            {
                "fields": (
                    *date_fields("in_force", "terminated"),
                    ("end", "ended_by"),
                    ("term_years", "renews", "term_ends", "unperfected"),
                    "renewal",
                    "status_note",
                )
            },
        ),
        (_("What it is about"), {"fields": ("themes", "assessments", "coded", "body")}),
        STATE,
    )
    inlines = (
        PartyInline,
        SignatureInline,
        TreatyNameInline,
        ArticleInline,
        WorkingLifeInline,
        TreatyCitationInline,
        TreatyAccountInline,
        TreatyLinkInline,
        FormulaUseInline,
        RegistrationInline,
        LanguageInline,
    )


class _PartAdmin(OnlyOffered, admin.ModelAdmin):
    """The form of a part of an instrument: reached from the instrument's own, it changes what readers see of it."""

    def has_change_permission(self, request, obj=None) -> bool:
        """Not of what readers see, for who may only propose: a proposal is made on the instrument's own form."""
        return super().has_change_permission(request, obj) and self._may_write(request, obj)

    def has_delete_permission(self, request, obj=None) -> bool:
        return super().has_delete_permission(request, obj) and self._may_write(request, obj)

    @staticmethod
    def _may_write(request, obj) -> bool:
        user = request.user
        return obj is None or (workflow.may_change(user, obj.treaty) and not workflow.must_propose(user, obj.treaty))

    def save_model(self, request, obj, form, change) -> None:
        request._edit = Edit([obj.treaty], by=request.user)
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change) -> None:
        super().save_related(request, form, formsets, change)
        request._edit.finish([form.instance.treaty])

    def delete_model(self, request, obj) -> None:
        treaty, edit = obj.treaty, Edit([obj.treaty], by=request.user)
        super().delete_model(request, obj)
        edit.finish([treaty])

    def get_actions(self, request) -> dict:
        """None: a part is deleted on its own form or on the instrument's."""
        return {}

    def has_module_permission(self, request) -> bool:
        return False

    def has_add_permission(self, request, obj=None) -> bool:
        return False


class ActionInline(admin.TabularInline):
    """What the party did."""

    model = PartyAction
    fields = ("type", "date_text", "date_edtf", "note", "source", "locator")
    autocomplete_fields = ("source",)
    extra = 1


@admin.register(Party)
class PartyAdmin(_PartAdmin):
    """A party and its acts."""

    readonly_fields = ("treaty", "actor")
    fields = ("treaty", "actor", "position")
    inlines = (ActionInline,)


class ProvisionInline(admin.TabularInline):
    """What the article is about."""

    model = Provision
    extra = 1


@admin.register(Article)
class ArticleAdmin(_PartAdmin):
    """An article and its topics."""

    readonly_fields = ("treaty",)
    fields = ("treaty", ("number", "key", "heading"), "summary", ("quotation", "quotation_language"))
    inlines = (ProvisionInline,)
