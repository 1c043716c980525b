"""The cast, the small world that tests may name facts of, and the browser."""

from __future__ import annotations

import ast
import atexit
import gc
import importlib.util
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

# Before Django reads its settings: a folder of data of our own unless one is given, and no throttling but where it is tested.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sinorus.settings")
if "DATA_DIR" not in os.environ:
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="sinorus-tests-")
    atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)
os.environ.setdefault("API_RATE", "1000000/min")
os.environ.setdefault("LOG_LEVEL", "ERROR")
os.environ.setdefault("OPENPYXL_LXML", "False")  # as on a site, which has no lxml: there defusedxml looks at workbooks
# Facets are counted by the database, since tests write without raising the edition; tests/facets/test_index_*.py ask the index.
os.environ.setdefault("FACETS_INDEX_FROM", "1000000")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's sync API runs an event loop in this thread

import django
import pytest

django.setup()

from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import clear_script_prefix
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from sinorus.facets import kept
from sinorus.facets.answers import answers
from sinorus.facets.bitmaps import versions
from sinorus.publishing import roles
from tests.cast import member
from tests.matrix import Entry, entries
from tests.operations.sites import Site, site_of_our_own
from tests.records import World, small_world
from tests.roles import Everybody

settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # nothing is collected here
settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 31_536_000, True  # as behind TLS, over which some tests ask
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
if (_database := settings.DATABASES["default"])["ENGINE"].endswith("sqlite3"):
    # A file, as on a site: the threads of a server under test have a connection each. In memory they would share one, and one
    # request would end the savepoint of another.
    _database["TEST"]["NAME"] = str(Path(settings.DATA_DIR) / "tests.sqlite3")
    _database["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"

LEFT_OUT: dict[Path, str] = {}
#: Begun first, as are tests of pages in the browser, so that all workers end at about the same time.
LONGEST = {
    "test_public_boundary.py",
    "test_access_matrix.py",
    "test_a_lost_database_comes_back.py",
    "test_the_database_is_away.py",
    "test_strangers_questions.py",
    "test_agreement.py",
    "test_answers_equal_brute_force.py",
    "test_query_budget.py",
    "test_indexes_are_used.py",
    "test_index_equals_sql.py",
    "test_entry_by_keyboard.py",
    "test_damaged_backups_are_refused.py",
}
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


# The cast -----------------------------------------------------------------------------------------------------------


def _login(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def reader() -> Client:
    """Anybody: no account, no cookie."""
    return Client()


@pytest.fixture
def staff(db: None) -> Client:
    """A member of staff who may do nothing yet."""
    return _login(User.objects.create_user("staff", password="a-long-enough-word", is_staff=True))


@pytest.fixture
def contributor(db: None) -> Client:
    """Writes drafts, and proposes changes of what is published."""
    return _login(member("contributor", roles.CONTRIBUTORS))


@pytest.fixture
def editor(db: None) -> Client:
    """Also changes what is in review; publishes nothing."""
    return _login(member("editor", roles.EDITORS))


@pytest.fixture
def chief(db: None) -> Client:
    """Also publishes, withdraws, merges, and decides proposals."""
    return _login(member("chief", roles.PUBLISHERS))


@pytest.fixture
def publisher(db: None) -> Client:
    """A superuser."""
    return _login(User.objects.create_superuser("publisher", password="a-long-enough-word"))


# The records --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Some dozen records whose facts tests may name, and a draft of each kind; made once a module, each test rolls back to it.

    What a test changes on these objects stays changed in memory: fetch anew what is to be changed.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield small_world()
        transaction.set_rollback(True)


@pytest.fixture
def site(tmp_path: Path, transactional_db: None) -> Iterator[Site]:
    """A site of its own, with few records, whose processes and database a test may end as it likes."""
    with site_of_our_own(tmp_path, f"own_{os.getpid()}") as found:
        yield found


@pytest.fixture(scope="module")
def served(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Callable[[Callable[[], object]], str]]:
    """Makes records once for a module, and says where a server shows them, until its last test has ended.

    For tests that read: they need no mark of their own to ask the database, and what one writes the next one finds.
    """
    server = LiveServer("localhost")

    def serve(make: Callable[[], object]) -> str:
        make()
        return server.url

    with django_db_blocker.unblock():
        # Where no other test asks for a database none was made yet, and the present one is whoever's it may be.
        if made := connection.settings_dict["NAME"] != connection.settings_dict["TEST"]["NAME"]:
            former = connection.settings_dict["NAME"]
            connection.creation.create_test_db(verbosity=0, autoclobber=True)
        yield serve
        server.stop()
        if made:
            connection.creation.destroy_test_db(former, verbosity=0)
        else:
            call_command("flush", verbosity=0, interactive=False)


@pytest.fixture(scope="module")
def everybody(world: World, django_db_blocker: DjangoDbBlocker) -> Iterator[Everybody]:
    """All roles, signed in where they are; see tests/roles.py."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Everybody()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def matrix(world: World, everybody: Everybody, django_db_blocker: DjangoDbBlocker) -> Iterator[list[Entry]]:
    """The access matrix, with something behind every address; see tests/matrix.py."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield list(entries(world))
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    """No test is throttled for another, and none is answered from what another left in this process."""
    cache.clear()
    versions.forget()
    kept.forget()
    answers.clear()
    clear_script_prefix()  # which the language of a request sets, and only a server takes away
    yield


# The browser --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict:
    return {"executable_path": CHROMIUM, "args": ARGS}


@pytest.fixture(scope="session")
def browser_context_args() -> dict:
    return {"locale": "en-GB", "viewport": {"width": 1280, "height": 900}}


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """With requirements.txt alone, files that need more are left out, loudly; in CI that is a failure.

    Of folders, files whose every test has a mark that is not asked for are not read at all, which takes some seconds less.
    """
    if collection_path.suffix != ".py":
        return None
    tree = ast.parse(collection_path.read_text())
    told = [node.value for node in tree.body if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark"]
    marks = {one.attr for value in told for one in ast.walk(value) if isinstance(one, ast.Attribute)}
    named = any(collection_path.name in one for one in config.args)
    if not named and marks & set(re.findall(r"\bnot (\w+)", config.option.markexpr)):
        return True
    names = [alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "" for node in tree.body if isinstance(node, ast.ImportFrom) and not node.level]
    if missing := {name for name in names if importlib.util.find_spec(name.partition(".")[0]) is None}:
        LEFT_OUT[collection_path] = f"{collection_path.name} needs {', '.join(sorted(missing))}: pip install -r requirements-dev.txt"
        if os.environ.get("CI") == "true":
            raise pytest.UsageError(LEFT_OUT[collection_path])
        return True
    return None


def _asks_a_database(item: pytest.Item) -> bool:
    """What asks none shows on PostgreSQL what it showed on SQLite."""
    names = {"db", "transactional_db", "live_server", "django_db_setup"}
    return bool(item.get_closest_marker("django_db") or item.get_closest_marker("postgres") or names & set(item.fixturenames))


def _takes_long(name: str) -> bool:
    return name in LONGEST or name.endswith("in_the_browser.py")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests that use a page need Chromium; what PostgreSQL alone can show needs PostgreSQL. What is missing is said loudly."""
    there = connection.vendor == "postgresql"  # python -m tests.postgres
    if elsewhere := {item for item in items if (not _asks_a_database(item) if there else item.get_closest_marker("postgres"))}:
        config.hook.pytest_deselected(items=elsewhere)
    items[:] = sorted((item for item in items if item not in elsewhere), key=lambda item: not _takes_long(item.path.name))
    for item in items:
        if {"page", "browser", "context", "new_context"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("browser")
            if not os.path.exists(CHROMIUM):
                item.add_marker(pytest.mark.skip(reason=f"BROWSER TESTS DO NOT RUN: there is no Chromium at {CHROMIUM}"))


def pytest_collection_finish() -> None:
    """What was read and collected stays; the collector need not look at it again and again, as on a site (gunicorn.conf.py)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


def pytest_terminal_summary(terminalreporter, exitstatus: int, config: pytest.Config) -> None:  # type: ignore[no-untyped-def]
    for reason in LEFT_OUT.values():
        terminalreporter.write_line(f"LEFT OUT: {reason}", red=True, bold=True)
    for report in terminalreporter.stats.get("skipped", []):
        if "DO NOT RUN" in str(report.longrepr):
            terminalreporter.write_sep("!", "BROWSER TESTS DID NOT RUN: there is no Chromium", red=True, bold=True)
            return


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo):  # type: ignore[no-untyped-def]
    """In CI nothing is skipped for want of a program: such a skip is a failure."""
    report = yield
    missing = report.skipped and "DO NOT RUN" in str(report.longrepr)
    if missing and os.environ.get("CI") == "true":
        report.outcome, report.longrepr = "failed", f"{item.nodeid}: {report.longrepr[2]} (and CI=true)"
    return report
