"""The pages, as granian and any other WSGI server serve them."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

# All views are loaded before the first page is asked for. What is there by then stays: the
# collector's walk through it held one page in fifteen for 160 ms.
import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()
