"""Pages go compressed over the line; what streams, and what is compressed already, goes as it is."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

KINDS = ("text/html", "text/plain", "application/json")


class CompressionMiddleware(GZipMiddleware):
    """Django's, which hides the length against BREACH, for whole pages only: a live stream must not be held back."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress a page the browser can read compressed."""
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        if response.streaming or kind not in KINDS:
            return response
        return super().process_response(request, response)
