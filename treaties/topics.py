"""What an article may be about: a closed list. The coding rule of each stands in docs/data-model.md."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Final

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from .models import Treaty


class Topic(models.TextChoices):
    """Topics of provisions, in the order of the comparison."""

    COMMON_ENEMY = "common-enemy", _("Common enemy")
    NO_THIRD_PARTY = "no-third-party", _("Not against a third party")
    MUTUAL_ASSISTANCE = "mutual-assistance", _("Mutual assistance")
    CONSULTATION = "consultation", _("Consultation")
    NO_HOSTILE_ALLIANCES = "no-hostile-alliances", _("No hostile alliances")
    NON_USE_OF_FORCE = "non-use-of-force", _("Non-use of force")
    NO_FIRST_USE = "no-first-use", _("No first use of nuclear weapons")
    DETARGETING = "detargeting", _("Detargeting")
    BORDER_LINE = "border-line", _("Border line")
    BORDER_REGIME = "border-regime", _("Border regime")
    TERRITORIAL_TRANSFER = "territorial-transfer", _("Transfer of territory")
    FORCE_REDUCTIONS = "force-reductions", _("Force reductions")
    EXERCISES_NOTIFICATION = "exercises-notification", _("Exercises and notification")
    MILITARY_TECHNICAL = "military-technical", _("Military-technical cooperation")
    MILITARY_PRESENCE = "military-presence", _("Military presence")
    SOVEREIGNTY = "sovereignty", _("Sovereignty")
    TERRITORIAL_INTEGRITY = "territorial-integrity", _("Territorial integrity")
    ONE_CHINA = "one-china", _("One China")
    NON_INTERFERENCE = "non-interference", _("Non-interference")
    PEACEFUL_COEXISTENCE = "peaceful-coexistence", _("Peaceful coexistence")
    PEACEFUL_SETTLEMENT = "peaceful-settlement", _("Peaceful settlement of disputes")
    MULTIPOLARITY = "multipolarity", _("Multipolarity")
    UNITED_NATIONS = "united-nations", _("United Nations")
    STRATEGIC_STABILITY = "strategic-stability", _("Strategic stability")
    COUNTER_TERRORISM = "counter-terrorism", _("Counter-terrorism")
    REGIONAL_SECURITY = "regional-security", _("Regional security")
    PARTNERSHIP_FORMULA = "partnership-formula", _("Partnership formula")
    SUMMIT_MECHANISM = "summit-mechanism", _("Regular meetings")
    DIPLOMATIC_RELATIONS = "diplomatic-relations", _("Diplomatic relations")
    CONSULAR = "consular", _("Consular matters")
    EXTRADITION_PERSONS = "extradition-persons", _("Extradition and status of persons")
    MIGRATION = "migration", _("Migration")
    RELIGION_MISSIONS = "religion-missions", _("Religion and missions")
    ECONOMIC = "economic", _("Economic cooperation")
    TRADE = "trade", _("Trade")
    CREDIT_AID = "credit-aid", _("Credit and aid")
    CLAIMS_DEBTS = "claims-debts", _("Claims and debts")
    ENERGY = "energy", _("Energy")
    TRANSPORT = "transport", _("Transport")
    NAVIGATION = "navigation", _("Navigation")
    RAILWAYS = "railways", _("Railways")
    SCIENCE_CULTURE = "science-culture", _("Science and culture")
    ENVIRONMENT = "environment", _("Environment")
    TERM_RENEWAL = "term-renewal", _("Term and renewal")
    RATIFICATION = "ratification", _("Ratification and entry into force")
    LANGUAGES_TEXTS = "languages-texts", _("Languages and texts")
    GENERAL = "general", _("General")


#: Topics that answer the same question otherwise: against whom, and what is owed when one side is threatened.
COUNTERPARTS: Final = {
    Topic.COMMON_ENEMY: Topic.NO_THIRD_PARTY,
    Topic.NO_THIRD_PARTY: Topic.COMMON_ENEMY,
    Topic.MUTUAL_ASSISTANCE: Topic.CONSULTATION,
    Topic.CONSULTATION: Topic.MUTUAL_ASSISTANCE,
}
#: A topic cannot be dealt with before its matter exists: the first nuclear test, the Charter, the People's Republic.
EXISTS_SINCE: Final = {
    Topic.NO_FIRST_USE: (datetime.date(1945, 7, 16), _("signed before there were nuclear weapons")),
    Topic.DETARGETING: (datetime.date(1945, 7, 16), _("signed before there were nuclear weapons")),
    Topic.STRATEGIC_STABILITY: (datetime.date(1945, 7, 16), _("signed before there were nuclear weapons")),
    Topic.UNITED_NATIONS: (datetime.date(1945, 6, 26), _("signed before the Charter of the United Nations")),
    Topic.ONE_CHINA: (datetime.date(1949, 10, 1), _("signed before the People’s Republic was founded")),
    Topic.RAILWAYS: (datetime.date(1825, 9, 27), _("signed before there were railways")),
}
#: Clauses on the life of an obligation have no place in a text that creates none.
OF_OBLIGATIONS: Final = frozenset({Topic.TERM_RENEWAL, Topic.RATIFICATION})


def why_not_applicable(topic: str, treaty: Treaty) -> str:
    """Why an instrument could not deal with a topic at all; empty when it could."""
    since, reason = EXISTS_SINCE.get(Topic(topic), (None, ""))
    if since and treaty.signed.latest and treaty.signed.latest < since:
        return str(reason)
    if treaty.binding == "political" and topic in OF_OBLIGATIONS:
        return str(_("a political text creates no obligation that could run or be ratified"))
    return ""


def applies(topic: str, treaty: Treaty) -> bool:
    """Whether an instrument could deal with a topic at all."""
    return not why_not_applicable(topic, treaty)
