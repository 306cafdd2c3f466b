"""The WSGI entry point gunicorn serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")

application = get_wsgi_application()
# What is loaded by now stays for good; looking through it again costs a page now and then a tenth of a second.
gc.collect()
gc.freeze()
