"""What was typeset last, kept for whoever asks for the very same paper: on a forum's day many do at once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock


class Shelf:
    """Answers by key, the latest first, at most `room` bytes of them.

    One who asks while another's answer to the same key is being made waits for that one. A failure is told to
    everybody who waited and is not kept.
    """

    def __init__(self, room: int) -> None:
        self.room = room
        self._lock = Lock()
        self._kept: OrderedDict[bytes, bytes] = OrderedDict()
        self._under_way: dict[bytes, Future[bytes]] = {}

    def get(self, key: bytes, make: Callable[[], bytes]) -> bytes:
        """The answer to `key`, made by `make` where there is none. Raises what `make` raises."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            awaited = self._under_way.get(key)
            if awaited is None:
                mine = self._under_way[key] = Future()
        if awaited is not None:
            return awaited.result()
        try:
            answer = make()
        except BaseException as error:
            with self._lock:
                del self._under_way[key]
            mine.set_exception(error)
            raise
        with self._lock:
            del self._under_way[key]
            self._keep(key, answer)
        mine.set_result(answer)
        return answer

    def _keep(self, key: bytes, answer: bytes) -> None:
        self._kept[key] = answer
        while sum(map(len, self._kept.values())) > self.room:
            self._kept.popitem(last=False)
