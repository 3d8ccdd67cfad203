"""What all tests share: their order, and a collector of garbage that leaves alone what stays for the whole run."""

import gc


def pytest_collection_finish():
    """Django, the packages and the collected tests are looked through no more: a tenth of the time went into that."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_collection_modifyitems(items):
    """Slow tests first: two workers then end together, for what is left to share at the end is small."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)
