"""PostgreSQL that cuts its connections, has none left, is restarted under load, or takes too long: 503 at worst, then well again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest

from tests.faults.writing import Editors, children, editors, workers
from tests.long.test_faults_at_length import on_a_cluster, readers
from tests.operations.sites import Site
from tests.postgres import control

POOLS = pytest.mark.parametrize("pool", ["0", "4"])  # a connection for each thread, or four that the threads share
NUMBERS = count()


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The URL of a database with records, on a cluster of its own, and the folder of that."""
    with on_a_cluster(tmp_path_factory.mktemp("model")) as (site, folder):
        yield site.url, folder


@pytest.fixture
def site(model: tuple[str, Path], tmp_path: Path) -> Site:
    """A site on a copy of it."""
    server, _slash, name = model[0].rpartition("/")
    with psycopg.connect(f"{server}/template1", autocommit=True) as connected:
        connected.execute(f"CREATE DATABASE {(copy := f'copy_{next(NUMBERS)}')} TEMPLATE {name}")
    return Site(tmp_path, f"{server}/{copy}")


@contextmanager
def under_load(site: Site, **more: str) -> Iterator[Editors]:
    """Two workers, four who read and three who save; nobody sees worse than 503, no worker ends, and nothing acknowledged is lost."""
    with site.serving(workers=2, **more) as server:
        running = workers(server.pid)
        with readers(site) as answers, editors(site).at_work() as working:
            working.until_saved(3)
            yield working
        assert children(server.pid) == running, "a worker had to be started anew"
    assert set(answers) <= {200, 503} and answers[200] > 50, answers
    assert set(working.answers) <= {302, 503}, working.answers
    working.nothing_is_lost()


@POOLS
def test_connections_that_are_cut(site: Site, pool: str) -> None:
    """All at once, twenty times: what was under way is a 503, and the next request has a new connection."""
    with under_load(site, DATABASE_POOL=pool) as working:
        for _round in range(20):
            with psycopg.connect(site.url, autocommit=True) as another:
                cut = another.execute(
                    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                    " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
                ).fetchone()
            assert cut and cut[0] > 1
            assert site.wait(200, 5, "/events/") < 5
            working.until_saved(3)


@POOLS
def test_restarted_under_load(site: Site, model: tuple[str, Path], pool: str) -> None:
    """In the mode that cuts whoever is connected, as packages of the system do it: six times."""
    with under_load(site, DATABASE_POOL=pool) as working:
        for _round in range(6):
            control(model[1] / "data", "-m", "fast", "restart")
            assert site.wait(200, 10, "/events/") < 10
            working.until_saved(3)


@POOLS
def test_connections_that_others_used_up(site: Site, pool: str) -> None:
    """Whoever has a connection goes on; who needs one is told to come back; all is well as soon as there are some again."""
    with site.serving(workers=2, DATABASE_POOL=pool) as server:
        running = workers(server.pid)
        with ExitStack() as others:  # before the site has any
            take_all(site.url, others)
            for path in ("/", "/events/", "/api/v1/events/", "/readyz"):
                status, headers, body = site.get(path)
                assert (status, headers["Retry-After"]) == (503, "10"), path
                assert b"Traceback" not in body
        assert max(site.wait(200, 10, path) for path in ("/events/", "/readyz")) < 10
        assert children(server.pid) == running
    with under_load(site, DATABASE_POOL=pool) as working, ExitStack() as others:  # while it has some
        take_all(site.url, others)
        time.sleep(3)
        others.close()
        assert site.wait(200, 10, "/events/") < 10
        working.until_saved(3)


def take_all(url: str, others: ExitStack) -> None:
    """Every connection that there is."""
    taken = 0
    while True:
        try:
            others.enter_context(closing(psycopg.connect(url)))
            taken += 1
        except psycopg.OperationalError as refused:
            assert "too many clients" in str(refused) and taken > 50
            return


def test_a_statement_that_outlives_its_limit(site: Site) -> None:
    """It is broken off, whoever asked is told to come back, nothing of it is saved, and the connection is good for the next.

    The limits are so far apart that neither is taken for the other.
    """
    with site.serving(DATABASE_TIMEOUT="5", DATABASE_READING_TIMEOUT="1"):
        working = editors(site)
        assert (site.get("/treaties/")[0], working.save("saved before")[0]) == (200, 302)
        with psycopg.connect(site.url, autocommit=True) as another:
            another.execute("CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(60); RETURN NEW; END'")
            another.execute("CREATE TRIGGER slow BEFORE INSERT ON auth_group FOR EACH ROW EXECUTE FUNCTION slow()")
            for number in range(5):
                took, status, headers = timed(lambda number=number: working.save(f"saved slowly {number}"))
                assert (status, headers["Retry-After"]) == (503, "10") and 5 <= took < 12
            another.execute("DROP TRIGGER slow ON auth_group")
        with psycopg.connect(site.url) as another:  # whose lock a reader's statement waits for
            another.execute("LOCK TABLE events_event IN ACCESS EXCLUSIVE MODE")
            for number in range(5):
                took, status, headers = timed(lambda number=number: site.get(f"/events/?page_size={number + 2}"))
                assert (status, headers["Retry-After"]) == (503, "10") and 1 <= took < 4
                assert site.get("/treaties/")[0] == 200, "which was kept"
            another.rollback()
        assert site.get("/events/?page_size=2")[0] == 200
        assert working.save("saved after")[0] == 302
        found = site.python("from django.contrib.auth.models import Group; print(*Group.objects.filter(name__startswith='saved'))")
        assert sorted(found.split()) == ["after", "before", "saved", "saved"]


def timed(ask: Callable[[], tuple[int, dict[str, str], bytes]]) -> tuple[float, int, dict[str, str]]:
    """The seconds that an answer took, its status and its headers."""
    started = time.monotonic()
    status, headers, _body = ask()
    return time.monotonic() - started, status, headers
