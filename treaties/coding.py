"""The coding rule of each topic: what counts, and what does not. docs/data-model.md repeats them word for word."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from .topics import Topic

#: Topic → (what counts, what does not).
RULES: Final = {
    Topic.COMMON_ENEMY: (
        _("a state, or a kind of state, is named against which the parties stand together"),
        _("a general stand against aggression, hegemony or blocs"),
    ),
    Topic.NO_THIRD_PARTY: (
        _("the parties say that the text, or their relation, is not directed against any other state"),
        _("respect for the rights of a named third state"),
    ),
    Topic.MUTUAL_ASSISTANCE: (
        _("one party must help the other, by arms or otherwise, when it is attacked or at war"),
        _("a promise to consult, or aid in peace"),
    ),
    Topic.CONSULTATION: (
        _("the parties must, or say they will, consult when peace is threatened or on matters of common concern"),
        _("meetings held at fixed times, which are regular meetings"),
    ),
    Topic.NO_HOSTILE_ALLIANCES: (
        _("a party will not join an alliance, a bloc or a treaty aimed at the other, nor lend it its territory"),
        _("criticism of the blocs of others"),
    ),
    Topic.NON_USE_OF_FORCE: (
        _("the parties will not use or threaten force against each other"),
        _("settling disputes by talks, where force is not named"),
    ),
    Topic.NO_FIRST_USE: (
        _("a party will not be the first to use nuclear weapons against the other"),
        _("reductions, test bans or non-proliferation"),
    ),
    Topic.DETARGETING: (
        _("nuclear missiles are not, or no longer, aimed at the other"),
        _("withdrawal of other forces"),
    ),
    Topic.BORDER_LINE: (
        _("the line is drawn, confirmed, surveyed, demarcated or left to be settled"),
        _("how the line is crossed or guarded"),
    ),
    Topic.BORDER_REGIME: (
        _("how the border is guarded, crossed, used and its incidents are settled"),
        _("where it runs; numbers of troops beside it"),
    ),
    Topic.TERRITORIAL_TRANSFER: (
        _("land, a base, a port or a leased area passes from one side to the other"),
        _("a line that leaves possession as it was"),
    ),
    Topic.FORCE_REDUCTIONS: (
        _("numbers of troops or arms, or zones with fewer of them, are agreed or aimed at"),
        _("notice of what troops do"),
    ),
    Topic.EXERCISES_NOTIFICATION: (
        _("exercises are limited, announced or observed, or data on forces are exchanged"),
        _("exercises held jointly, which are military-technical cooperation"),
    ),
    Topic.MILITARY_TECHNICAL: (
        _("arms, licences, training, joint exercises or contacts of the armed forces"),
        _("aid in war"),
    ),
    Topic.MILITARY_PRESENCE: (
        _("troops or bases of one side on the territory of the other: stationed, used or withdrawn"),
        _("troops on the own side of the border"),
    ),
    Topic.SOVEREIGNTY: (
        _("sovereignty, independence or equality of the parties is recognised or supported"),
        _("Taiwan, which is one China; borders, which are territorial integrity"),
    ),
    Topic.TERRITORIAL_INTEGRITY: (
        _("the parties respect or support each other’s territory as a whole, or renounce claims to it"),
        _("where a border runs"),
    ),
    Topic.ONE_CHINA: (
        _("Taiwan’s status, or which government is China’s, is spoken of"),
        _("unity or separatism without Taiwan or a government being named"),
    ),
    Topic.NON_INTERFERENCE: (
        _("the parties will not interfere in each other’s, or others’, internal affairs"),
        _("respect for sovereignty where interference is not named"),
    ),
    Topic.PEACEFUL_COEXISTENCE: (
        _("the five principles, or peaceful coexistence by name"),
        _("one of the five alone, which has a topic of its own"),
    ),
    Topic.PEACEFUL_SETTLEMENT: (
        _("disputes, between the parties or of others, are to be settled by peaceful means"),
        _("a commission for incidents at the border, which is border regime"),
    ),
    Topic.MULTIPOLARITY: (
        _("a multipolar world, a new international order, or no hegemony, as an aim"),
        _("support for the United Nations alone"),
    ),
    Topic.UNITED_NATIONS: (
        _("the Charter, the Security Council or the role of the organisation is upheld or relied on"),
        _("registration of the text with its Secretariat"),
    ),
    Topic.STRATEGIC_STABILITY: (
        _("missile defence, arms control, non-proliferation or outer space between the powers"),
        _("pledges of the two parties to each other, which are no first use or detargeting"),
    ),
    Topic.COUNTER_TERRORISM: (
        _("action against terrorism, separatism, extremism or organised crime"),
        _("extradition in general"),
    ),
    Topic.REGIONAL_SECURITY: (
        _("the security of a named region or country that is not a party"),
        _("the border of the parties"),
    ),
    Topic.PARTNERSHIP_FORMULA: (
        _("the relation is named: friendly countries, constructive, strategic partnership …"),
        _("praise of the relation without a name for it"),
    ),
    Topic.SUMMIT_MECHANISM: (
        _("meetings, commissions or channels at fixed times or of standing are set up or confirmed"),
        _("a single visit; a duty to consult in danger"),
    ),
    Topic.DIPLOMATIC_RELATIONS: (
        _("relations are opened, restored, normalised or raised in rank"),
        _("consulates"),
    ),
    Topic.CONSULAR: (
        _("consulates and what consuls may do"),
        _("the status of persons whom they protect, where consuls are not named"),
    ),
    Topic.EXTRADITION_PERSONS: (
        _("extradition, legal aid, jurisdiction over and rights of persons of the other side"),
        _("who may settle or work, which is migration"),
    ),
    Topic.MIGRATION: (
        _("who may cross to live, settle or work, and fugitives in numbers"),
        _("passage of traders, which is trade"),
    ),
    Topic.RELIGION_MISSIONS: (
        _("churches, missions, priests and their pupils"),
        _("freedom of belief as a principle"),
    ),
    Topic.ECONOMIC: (
        _("economic cooperation in general, investment, industry and projects"),
        _("trade, credit, energy or transport alone, which have their own topics"),
    ),
    Topic.TRADE: (
        _("who may trade where, duties, most-favoured treatment, turnover and payment"),
        _("arms, which are military-technical cooperation"),
    ),
    Topic.CREDIT_AID: (
        _("loans, grants, specialists and works supplied on credit"),
        _("payments owed for the past, which are claims and debts"),
    ),
    Topic.CLAIMS_DEBTS: (
        _("indemnities, debts, property and claims settled or renounced"),
        _("new credit"),
    ),
    Topic.ENERGY: (
        _("oil, gas, coal, power and peaceful nuclear energy"),
        _("nuclear weapons"),
    ),
    Topic.TRANSPORT: (
        _("roads, bridges, air routes and transit"),
        _("railways and shipping, which have their own topics"),
    ),
    Topic.NAVIGATION: (
        _("ships on rivers, lakes and at sea, and ports as places of call"),
        _("a port that changes hands"),
    ),
    Topic.RAILWAYS: (
        _("building, owning, running or handing over railways"),
        _("goods that go by rail"),
    ),
    Topic.SCIENCE_CULTURE: (
        _("science, technology, education, culture, sport, media and contacts of people"),
        _("arms technology"),
    ),
    Topic.ENVIRONMENT: (
        _("nature, water, fisheries, forests and emergencies"),
        _("use of rivers by ships"),
    ),
    Topic.TERM_RENEWAL: (
        _("how long the text is to last, and how it is prolonged or ended"),
        _("when it begins to have force"),
    ),
    Topic.RATIFICATION: (
        _("ratification, exchange of instruments, entry into force, registration"),
        _("how long it lasts"),
    ),
    Topic.LANGUAGES_TEXTS: (
        _("in which languages the text is done, which is authentic, where it is kept"),
        _("its publication by one side"),
    ),
    Topic.GENERAL: (
        _("friendship, good-neighbourliness, aims and relations with other texts, when nothing more particular fits"),
        _("anything that has another topic"),
    ),
}
