"""The WSGI door for pages."""

import os

from django.core.wsgi import get_wsgi_application

from mufakat.config.parents import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mufakat.config.settings")
# A worker whose server was killed must not keep the port.
end_with_parent()
application = get_wsgi_application()
