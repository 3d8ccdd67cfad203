"""Duplicates and overlaps among proposals, found and explained field by field."""

from mufakat.engines.duplicates.dictionary import Dictionary, extended, shipped
from mufakat.engines.duplicates.index import Index
from mufakat.engines.duplicates.model import Cluster, InputError, Pair, Proposal, Reason, Verdict
from mufakat.engines.duplicates.pairs import clusters, find_pairs

__all__ = [
    "Cluster",
    "Dictionary",
    "Index",
    "InputError",
    "Pair",
    "Proposal",
    "Reason",
    "Verdict",
    "clusters",
    "extended",
    "find_pairs",
    "shipped",
]
