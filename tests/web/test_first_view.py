"""What a phone loads first: compressed, and under 100 KB with font, styles, script and icons."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from tests.slices.conftest import GIRI
from tests.web.conftest import browser

pytestmark = pytest.mark.django_db
LINKED = re.compile(r'(?:href|src)="/static/([^"#]+)')
FONT = re.compile(r'url\("?([^")]+\.woff2)')
MANY = tuple((GIRI, f"Perbaikan saluran lingkungan RT {i}", 1_000_000 * i, i) for i in range(1, 61))


def weight(client, path):
    """Bytes over the line: the page as it is sent, each linked file once as gzip makes it, fonts as they are."""
    answer = client.get(path, headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    html = gzip.decompress(answer.content).decode()
    files = {Path(finders.find(name)) for name in LINKED.findall(html)}
    fonts = {css.parent / name for css in files if css.suffix == ".css" for name in FONT.findall(css.read_text())}
    assert len(files) >= 6 and len(fonts) == 1
    packed = sum(len(gzip.compress(f.read_bytes())) for f in files)
    return len(answer.content) + packed + sum(f.stat().st_size for f in fonts)


def test_public_and_village_pages_are_light(year, on_the_day, head_giri):
    year.opened().submitted(MANY)
    road = f"/publik/{year.proposals[0].pk}/"

    weights = {p: weight(Client(), p) for p in ("/publik/", road)} | {
        p: weight(browser(head_giri), p) for p in ("/", "/usulan/")
    }

    assert {path: w for path, w in weights.items() if w >= 100_000} == {}


def test_a_stream_is_left_alone():
    from django.http import StreamingHttpResponse
    from django.test import RequestFactory

    from mufakat.ui.compression import CompressionMiddleware

    answer = StreamingHttpResponse(iter([b"data: " + b"x" * 500]), content_type="text/event-stream")
    request = RequestFactory().get("/", headers={"accept-encoding": "gzip"})

    got = CompressionMiddleware(lambda _: answer)(request)

    assert "Content-Encoding" not in got and b"".join(got) == b"data: " + b"x" * 500
