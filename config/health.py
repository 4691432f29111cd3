"""Is the system in order? One address for whoever watches it."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

WORKER_ALIVE = """
    SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '60 seconds'
"""


@never_cache
def healthz(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """200 when database, migrations and worker are in order, 503 otherwise; says which is not."""
    findings = {"database": False, "migrations": False, "worker": False}
    try:
        findings["database"] = True
        findings["migrations"] = _migrated()
        with connection.cursor() as cursor:
            cursor.execute(WORKER_ALIVE)
            findings["worker"] = cursor.fetchone()[0] > 0
    except DatabaseError:
        findings["database"] = False
    return JsonResponse(findings, status=200 if all(findings.values()) else 503)


def _migrated() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
