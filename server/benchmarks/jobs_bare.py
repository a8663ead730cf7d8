"""What we compare with: Starlette, a psycopg pool and orjson, with the very SQL of `jobs.selectors.feed`.

No framework, no policies, no rate limits, no security headers: `uvicorn benchmarks.jobs_bare:app`.
"""

import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID

import orjson
from psycopg_pool import AsyncConnectionPool
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

SQL = json.loads(Path(os.environ["BENCH_SQL"]).read_text())
SIZE = 20
pool = AsyncConnectionPool(os.environ["DATABASE_URL"], min_size=4, max_size=4, open=False, kwargs={"autocommit": True})


async def jobs(request: Request) -> Response:
    """One page of the list."""
    cursor = request.query_params.get("cursor")
    values: dict[str, object] = {"status": "open"}
    if cursor:
        values["position"] = UUID(bytes=urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))[1:])
    async with pool.connection() as connection:
        found = await connection.execute(SQL["next" if cursor else "first"], values)
        row = await found.fetchone()
    assert row is not None
    rows, _, last, count = row
    following = None
    if count > SIZE:
        mark = urlsafe_b64encode(b"n" + last.bytes).decode().rstrip("=")
        following = f"{request.url.scheme}://{request.url.netloc}{request.url.path}?cursor={mark}"
    page = {"next": following, "previous": None, "results": orjson.Fragment(f"[{rows or ''}]")}
    return Response(orjson.dumps(page), media_type="application/json")


async def job(request: Request) -> Response:
    """One job."""
    async with pool.connection() as connection:
        found = await connection.execute(SQL["job"], {"job": UUID(request.path_params["job_id"])})
        row = await found.fetchone()
    if row is None:
        return Response(status_code=404)
    body = row[0].encode()[:-1] + b',"allowed_actions":' + orjson.dumps([]) + b"}"
    return Response(body, media_type="application/json")


@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    async with pool:
        yield


app = Starlette(routes=[Route("/api/jobs/", jobs), Route("/api/jobs/{job_id}/", job)], lifespan=lifespan)
