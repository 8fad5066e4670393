import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trellis.config.settings")
application = get_wsgi_application()
if settings.BEHIND_PROXY:
    # Without it everybody would share one address: that of the server in front, in limits and in the trail.
    application = wrap_wsgi_with_proxy_headers(application, settings.PROXIES)
