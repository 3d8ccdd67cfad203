"""Keeps the English catalogues: what a slice says in Indonesian, what is not yet translated, and the compiled files.

`python -m tests.catalogue` adds what is missing to each slice's locale/en/LC_MESSAGES/django.po with an empty
translation, drops what nobody says any more, and compiles. `python -m tests.catalogue SLICE …` does so for some slices.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import mofile, pofile
from babel.messages.catalog import Catalog
from django.utils.translation.template import templatize

ROOT = Path(__file__).parents[1] / "src" / "mufakat"
MARKERS = {"gettext", "gettext_lazy", "_", "pgettext", "ngettext", "ngettext_lazy"}
SAID = re.compile(
    r"gettext\((u?'(?:[^'\\]|\\.)*'|u?\"(?:[^\"\\]|\\.)*\")\)|_\((u?'(?:[^'\\]|\\.)*'|u?\"(?:[^\"\\]|\\.)*\")\)"
)
PLURAL = re.compile(
    r"ngettext\((u?'(?:[^'\\]|\\.)*'|u?\"(?:[^\"\\]|\\.)*\"),\s*(u?'(?:[^'\\]|\\.)*'|u?\"(?:[^\"\\]|\\.)*\")"
)
WORD = re.compile(r"[^\W\d_]{2,}")
SENTENCES = (
    "rules.py",
    "errors.py",
    "permissions.py",
    "labels.py",
    "roles.py",
    "commands.py",
    "states.py",
    "reading.py",
)
LABELS = ("labels.py", "roles.py")
"""Files without Django that hold sentences and labels a page shows; their texts are translated where they are shown."""
SOME_DAY = datetime(2026, 1, 1, tzinfo=UTC)
Key = str | tuple[str, str]
QUIET = {"Mufakat", "Rp", "KK", "RT", "RW", "English", "Bahasa Indonesia", "PDF", "XLSX", "CONTOH", "L", "P", "CSV"}
"""Names and marks that are the same in both languages."""


def slices() -> list[str]:
    """Folders that have templates, pages or a catalogue."""
    return sorted(
        {p.relative_to(ROOT).parts[0] for name in ("templates", "web", "locale") for p in ROOT.glob(f"*/{name}")}
    )


def said_in(slice_: str) -> set[Key]:
    """Every text a slice shows: marked in templates and Python, and the sentences of its Django-free files."""
    found: set[Key] = set()
    for path in sorted((ROOT / slice_).rglob("*.html")):
        found |= _said_in_template(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / slice_).rglob("*.py")):
        if "migrations" in path.parts or (slice_ == "drafting" and path.name != "labels.py"):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found |= _marked(tree)
        if path.name in SENTENCES or "commands" in path.parts:
            found |= _sentences(tree, labels=path.name in LABELS)
    return found


def _said_in_template(source: str) -> set[Key]:
    code = templatize(source)
    plurals = {(ast.literal_eval(a), ast.literal_eval(b)) for a, b in PLURAL.findall(code)}
    taken = {text for pair in plurals for text in pair}
    singles = {ast.literal_eval(a or b) for a, b in SAID.findall(code)}
    return {s for s in singles if s not in taken} | plurals


def _marked(tree: ast.AST) -> set[Key]:
    found: set[Key] = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        if name in MARKERS and texts:
            found.add((texts[0], texts[1]) if name.startswith("ngettext") and len(texts) > 1 else texts[0])
    return found


def _sentences(tree: ast.AST, *, labels: bool) -> set[Key]:
    """Sentences (they end with a full stop and are no docstring); in labels every value of a table."""
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    docs |= {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    parts = {id(v) for n in ast.walk(tree) if isinstance(n, ast.JoinedStr) for v in n.values}
    found: set[Key] = set()
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs | parts
        if is_text and node.value.endswith(".") and " " in node.value.strip():
            found.add(node.value)
        if labels and isinstance(node, ast.Dict):
            values = [v.value for v in node.values if isinstance(v, ast.Constant) and isinstance(v.value, str)]
            found |= {v for v in values if WORD.search(v) and (" " in v or v[:1].isupper())}
    return found


def unmarked(source: str) -> list[str]:
    """Words a template shows without marking them for translation."""
    bare = re.sub(r"{%\s*comment.*?endcomment\s*%}|{#.*?#}", "", source, flags=re.S)
    bare = re.sub(r"{%\s*blocktrans(late)?\b.*?{%\s*endblocktrans(late)?\s*%}", "", bare, flags=re.S)
    bare = re.sub(r"{%.*?%}|{{.*?}}", "\x00", bare, flags=re.S)
    shown = re.findall(r'\b(?:aria-label|placeholder|title|alt|data-l)="([^"]*)"', bare)
    bare = re.sub(r"<(script|style)\b.*?</\1>", "", bare, flags=re.S)
    shown += re.sub(r"<[^>]*>", "\x00", bare).split("\x00")
    texts = [text.strip() for text in shown]
    return [t for t in texts if WORD.search(t) and t.strip(" ·,.:;()/–") not in QUIET]


def path_of(slice_: str) -> Path:
    """The English catalogue of a slice."""
    return ROOT / slice_ / "locale" / "en" / "LC_MESSAGES" / "django.po"


def catalogue(slice_: str) -> Catalog:
    """What stands in it; empty where there is none."""
    path = path_of(slice_)
    if not path.exists():
        return Catalog(locale="en")
    with path.open("rb") as handle:
        return pofile.read_po(handle, locale="en")


def compiled(found: Catalog) -> bytes:
    """The bytes Django reads, without the minute they were made in."""
    out = io.BytesIO()
    found.creation_date = SOME_DAY
    mofile.write_mo(out, found)
    return out.getvalue()


def refresh(slice_: str) -> list[str]:
    """Bring a slice's catalogue in step with what it says; returns the texts that still lack their English."""
    before, now = catalogue(slice_), said_in(slice_)
    if not now:
        return []
    after = Catalog(locale="en", charset="utf-8")
    missing = []
    for key in sorted(now, key=lambda k: k if isinstance(k, str) else k[0]):
        old = before.get(key if isinstance(key, str) else key[0])
        kept = old.string if old is not None and old.string else ("" if isinstance(key, str) else ("", ""))
        after.add(key, kept)
        if not kept or not all([kept] if isinstance(kept, str) else kept):
            missing.append(key if isinstance(key, str) else key[0])
    path = path_of(slice_)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(written(after))
    path.with_suffix(".mo").write_bytes(compiled(after))
    return missing


def written(found: Catalog) -> bytes:
    """A catalogue as text without dates, so that the same words give the same bytes."""
    out = io.BytesIO()
    pofile.write_po(out, found, omit_header=True, width=0, sort_output=True)
    head = b'msgid ""\nmsgstr ""\n"Language: en\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
    return head + out.getvalue()


def main(names: list[str]) -> int:
    """Refresh; tell what lacks its English."""
    code = 0
    for slice_ in names or slices():
        for text in refresh(slice_):
            code = 1
            print(f"{slice_}: {text}")
    return code


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
