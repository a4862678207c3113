# One image for web, worker and clock. Node is needed only while building.
FROM node:22-bookworm-slim AS assets
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev

FROM python:3.13-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin portal \
    && install -d -o portal -g portal /var/lib/portal
WORKDIR /portal
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 VAR_DIR=/var/lib/portal
COPY requirements-production.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements-production.lock
COPY . .
COPY --from=assets /build/node_modules node_modules
# Settings are complete or refused, so the build names some; none of them stays in the image.
RUN python bin/messages compile \
    && SECRET_KEY=only-to-collect-files-while-building-the-image-0123456789 \
        SITE_URL=https://build.invalid ALLOWED_HOSTS=build.invalid EMAIL_HOST=build.invalid \
        DEFAULT_FROM_EMAIL=build@build.invalid DATABASE_URL=postgresql://build@build.invalid/build \
        CELERY_BROKER_URL=redis://build.invalid VAR_DIR=/tmp/build \
        python manage.py collectstatic --noinput --verbosity 0 \
    && rm -rf /tmp/build
USER portal
EXPOSE 8000
CMD ["gunicorn", "portal.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--threads", "4", \
     "--no-control-socket", "--worker-tmp-dir", "/dev/shm"]
