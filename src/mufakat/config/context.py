"""What every page knows: who is signed in, what waits there, the demo, and, where asked, which year runs."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from mufakat.config.templatetags.figures import long_date
from mufakat.people import queries
from mufakat.portal.desks.office import waiting_count


def page(request: HttpRequest) -> dict[str, object]:
    """The actor in the reader's language with the office in two lines; what waits and the year, read only where shown."""
    actor = getattr(request, "actor", None)
    shown = queries.shown(actor) if actor else None
    return {
        "actor": shown,
        "office_lines": shown.label.partition(", ") if shown else ("", "", ""),
        "waiting_count": lambda: waiting_count(actor) if actor else 0,
        "is_demo": settings.IS_DEMO,
        "year_in_words": year_in_words,
    }


def year_in_words() -> str:
    """The latest cycle as the sign-in page says it; empty before there is one."""
    from mufakat.cycles.models import Cycle

    cycle = Cycle.objects.order_by("-plan_year", "kabupaten").first()
    if cycle is None:
        return ""
    sentence = gettext("Musrenbang %(forum)s untuk RKPD %(plan)s. Usulan desa dan kelurahan ditutup %(day)s.")
    day = long_date(timezone.localtime(cycle.proposals_close_at).date())
    return sentence % {"forum": cycle.forum_year, "plan": cycle.plan_year, "day": day}
