"""gunicorn's settings: the code is loaded once and shared by the workers; the index of facets is made before the first request.

Workers and threads are given on the command line, or by WEB_CONCURRENCY; see docs/deploy.md.
"""

import gc
import os
import resource

from gunicorn.glogging import Logger

preload_app = True
worker_class = "gthread"
threads = 4
keepalive = 15
max_requests = 50_000
max_requests_jitter = 5_000
# Each connection is an open file, and a worker that can open none ends, with all its requests: who comes later waits outside.
worker_connections = min(1000, resource.getrlimit(resource.RLIMIT_NOFILE)[0] // 2)
forwarder_headers = ""  # no header names the script or the path, whoever sends it
control_socket_disable = True  # one more way in, that nobody here uses


class logger_class(Logger):
    """What gunicorn itself says, in the same form as all else."""

    def setup(self, cfg):
        super().setup(cfg)
        from sinorus.operations.logs import FORMATS

        for handler in self.error_log.handlers:
            handler.setFormatter(FORMATS[os.environ.get("LOG_FORMAT") or "line"]())


def when_ready(server):
    """Make in the process that the workers are forked from what they share: the memory for answers, and the indexes."""
    from django.db import connections

    from sinorus.facets.answers import answers
    from sinorus.facets.views import warm
    from sinorus.publishing.editions import reading

    answers.share(server.cfg.workers)
    try:
        with reading():
            warm()
    except Exception:
        server.log.exception("The indexes were not made; the first requests make them.")
    # What is there now lives as long as the workers do and is shared by them; the collector would write into it and find nothing.
    gc.collect()
    gc.freeze()
    connections.close_all()
    for connection in connections.all():
        if hasattr(connection, "close_pool"):
            connection.close_pool()  # its threads would not follow into the workers


def pre_fork(server, worker):
    """Give a worker the first slot to count in that no other has (sinorus/operations/counting.py)."""
    from sinorus.operations.counting import SLOTS

    taken = {other.slot for other in server.WORKERS.values()}
    worker.slot = next((slot for slot in range(SLOTS) if slot not in taken), SLOTS - 1)


def post_fork(server, worker):
    from sinorus.facets.answers import answers
    from sinorus.operations.counting import counters

    gc.set_threshold(10_000, 20, 20)  # a page makes thousands of objects, of which few wait for the collector
    counters().take(worker.slot)
    answers.take(worker.slot)


def child_exit(server, worker):
    from sinorus.operations.counting import counters

    counters().free(worker.slot)
