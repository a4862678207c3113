"""How gunicorn serves the portal on a server; it reads this file by its name alone."""

from portal.lib import env
from portal.settings import LOGGING

wsgi_app = "portal.wsgi"
bind = "0.0.0.0:8000"
workers = env.number("WEB_CONCURRENCY", 3, least=1, most=64)
threads = 4
timeout = 60
graceful_timeout = 25
worker_tmp_dir = "/dev/shm"  # noqa: S108 - memory: a full or slow disk must not look like a dead worker
control_socket_disable = True
# Events as the portal writes them; no list of who asked for what, the proxy may keep one.
logconfig_dict = LOGGING | {
    "loggers": LOGGING["loggers"] | {"gunicorn.error": {"handlers": [], "propagate": True}}
}
