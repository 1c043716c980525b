"""gunicorn's settings: the code is loaded once and shared by the workers; the index of facets is made before the first request.

Workers and threads are given on the command line, or by WEB_CONCURRENCY; see docs/deploy.md.
"""

preload_app = True
worker_class = "gthread"
threads = 4
keepalive = 15
max_requests = 50_000
max_requests_jitter = 5_000


def when_ready(server):
    """Make the indexes in the process that the workers are forked from, so that they share their memory."""
    from django.db import connections

    from sinorus.facets.views import warm
    from sinorus.publishing.editions import reading

    try:
        with reading():
            warm()
    except Exception:
        server.log.exception("The indexes were not made; the first requests make them.")
    connections.close_all()
    for connection in connections.all():
        if hasattr(connection, "close_pool"):
            connection.close_pool()  # its threads would not follow into the workers
