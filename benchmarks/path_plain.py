"""The baseline of `path`: the same list and search as Django's own tutorial writes them, on the same rows.

A ListView with Django's paginator (which counts), fifty rows a page, `icontains` for each word; and an empty answer
behind the same middleware, the floor under any page.
"""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mufakat.config.settings")

from django.conf import settings

settings.ROOT_URLCONF = __name__

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path
from django.views.generic import ListView

from mufakat.proposals.models import Proposal
from mufakat.proposals.states import HIDDEN
from mufakat.regions.models import Region

ROWS = engines[
    "django"
].from_string("""<!doctype html><html lang="id"><title>Usulan</title><h1>{{ page_obj.paginator.count }}</h1>
<select>{% for v in villages %}<option value="{{ v.code }}">{{ v.name }}</option>{% endfor %}</select>
<select>{% for s in states %}<option>{{ s.state }} {{ s.n }}</option>{% endfor %}</select>
<table>{% for p in page_obj %}<tr><td>{{ p.number }}<td><a href="/{{ p.pk }}/">{{ p.title }}</a> {{ p.village.name }}
{{ p.kecamatan.name }} {{ p.cycle.plan_year }}<td>{{ p.value_requested }}<td>{{ p.value_agreed }}<td>{{ p.state }}{% endfor %}</table>""")


class Plain(ListView):
    """Page, search and filters of public proposals."""

    paginate_by = 50

    def get_queryset(self) -> QuerySet[Proposal]:
        """Submitted ones with every word."""
        found = Proposal.objects.exclude(state__in=HIDDEN).select_related("village", "kecamatan", "cycle")
        for word in self.request.GET.get("cari", "").split():
            found = found.filter(Q(title__icontains=word) | Q(location__icontains=word))
        return found.order_by("-cycle__plan_year", "kecamatan_id", "number")

    def render_to_response(self, context, **more):
        """The page with its filters."""
        shown = Proposal.objects.exclude(state__in=HIDDEN).order_by()
        context["states"] = shown.values("state").annotate(n=Count("pk"))
        context["villages"] = Region.objects.filter(pk__in=shown.values("village")).order_by("name")
        return HttpResponse(ROWS.render(context, self.request))


def empty(request: HttpRequest) -> HttpResponse:
    """Nothing."""
    return HttpResponse("ok")


urlpatterns = [path("publik/", Plain.as_view()), path("kosong/", empty)]


if __name__ == "__main__":
    from mufakat.config.processes import serve_pages

    serve_pages("benchmarks.path_plain:application", host="127.0.0.1", port=int(sys.argv[-1]))
