"""The baseline for `duplicates.py`: normalise, block by kecamatan and neighbours, token_sort at 78, RT/RW gate."""

import csv
import re
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process

SHORT = {"jln": "jalan", "jl": "jalan", "gg": "gang", "pemb": "pembangunan", "rehab": "rehabilitasi", "tpt": "talud",
         "plengsengan": "talud", "selokan": "drainase", "saluran": "drainase", "got": "drainase", "wc": "mck",
         "toilet": "mck", "pju": "lampu", "penerangan": "lampu", "cor": "rabat", "betonisasi": "rabat"}  # fmt: skip
RT = re.compile(r"\brt\.?\s*0*(\d+)")
RW = re.compile(r"\brw\.?\s*(?:0*(\d+)|([ivx]+)\b)")
BOTH = re.compile(r"\brt\.?\s*0*(\d+)\s*/\s*0*(\d+)")
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}


def normal(text):
    """(words, RT, RW): words without RT/RW, abbreviations spelled out; -1 where none is named."""
    text = text.lower()
    both = BOTH.search(text)
    rt, rw = RT.search(text), RW.search(text)
    t = int(rt[1]) if rt else -1
    w = int(both[2]) if both else int(rw[1] or ROMAN.get(rw[2], -1)) if rw else -1
    text = RW.sub(" ", RT.sub(" ", BOTH.sub(" ", text)))
    return " ".join(SHORT.get(x, x) for x in re.findall(r"[a-z]+", text)), t, w


def records(path):
    """Rows of a CSV file."""
    with Path(path).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def run(source, adjacency, out):
    """Read, compare block by block, write."""
    rows = [(r["id"], r["kecamatan"], *normal(r["text"])) for r in records(source)]
    blocks = defaultdict(list)
    for i, row in enumerate(rows):
        blocks[row[1]].append(i)
    near = defaultdict(set)
    for r in records(adjacency):
        near[min(r["a"], r["b"])].add(max(r["a"], r["b"]))
    t, w = np.array([r[3] for r in rows]), np.array([r[4] for r in rows])
    with Path(out).open("w", newline="", encoding="utf-8") as target:
        writer = csv.writer(target)
        writer.writerow(("id_a", "id_b", "score", "verdict", "reasons"))
        for name, mine in blocks.items():
            for other in (name, *sorted(near[name])):
                theirs = blocks.get(other, [])
                scores = process.cdist([rows[i][2] for i in mine], [rows[j][2] for j in theirs],
                                       scorer=fuzz.token_sort_ratio, score_cutoff=78, dtype=np.uint8)  # fmt: skip
                for a, b in zip(*np.nonzero(scores), strict=True):
                    i, j = mine[a], theirs[b]
                    apart = (t[i] >= 0 <= t[j] and t[i] != t[j]) or (w[i] >= 0 <= w[j] and w[i] != w[j])
                    if (other != name or i < j) and not apart:
                        writer.writerow((rows[i][0], rows[j][0], scores[a, b], "likely", ""))


if __name__ == "__main__":
    run(*sys.argv[1:])
