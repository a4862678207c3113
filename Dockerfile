# One image for web, worker, clock, migrations and backups. Node and the pip cache stay behind.
# Without a Docker engine: bin/image-steps runs these steps in a bare Debian tree.
FROM node:22-trixie-slim AS assets
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts

FROM python:3.13-slim-trixie AS base
# postgresql-client is of the server's version (17), for backups.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 postgresql-client \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin portal \
    && install -d -o portal -g portal -m 0700 /var/lib/portal /var/backups/portal
ENV PATH=/opt/portal/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /portal

FROM base AS build
COPY requirements-production.lock ./
RUN python3 -m venv /opt/portal \
    && pip install --no-cache-dir --require-hashes -r requirements-production.lock
COPY . .
COPY --from=assets /build/node_modules node_modules
# Icons are drawn into the pages; the other browser files are collected, and stay behind.
# Settings are complete or refused, so the build names some; none of them stays in the image.
RUN python bin/messages compile \
    && SECRET_KEY=only-to-collect-files-while-building-the-image-0123456789 \
        SITE_URL=https://build.invalid ALLOWED_HOSTS=build.invalid EMAIL_HOST=build.invalid \
        DEFAULT_FROM_EMAIL=build@build.invalid DATABASE_URL=postgresql://build@build.invalid/build \
        CELERY_BROKER_URL=redis://build.invalid VAR_DIR=/tmp/build \
        python manage.py collectstatic --noinput --verbosity 0 \
    && python -m compileall -q . \
    && rm -rf /tmp/build \
    && find node_modules -type f ! -path '*/@tabler/icons/icons/outline/*' -delete

FROM base
COPY --from=build /opt/portal /opt/portal
COPY --from=build /portal /portal
ENV VAR_DIR=/var/lib/portal
USER portal
EXPOSE 8000
CMD ["gunicorn"]
