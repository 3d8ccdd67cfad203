"""Everything a page says can be read in English too."""

import ast

import pytest
from tests.catalogue import ROOT, catalogue, compiled, path_of, said_in, slices, unmarked


@pytest.mark.parametrize("slice_", slices())
def test_templates_mark_every_word(slice_):
    bare = {str(p.relative_to(ROOT)): unmarked(p.read_text(encoding="utf-8")) for p in (ROOT / slice_).rglob("*.html")}

    assert {path: words for path, words in bare.items() if words} == {}


@pytest.mark.parametrize("slice_", slices())
def test_catalogue_has_english_for_everything_said(slice_):
    found = catalogue(slice_)
    strings = {m.id if isinstance(m.id, str) else tuple(m.id): m.string for m in found if m.id}
    lacking = [key for key, text in strings.items() if not text or not all([text] if isinstance(text, str) else text)]

    assert (set(strings) ^ said_in(slice_), lacking) == (set(), []), "Jalankan python -m tests.catalogue, lalu isi."


@pytest.mark.parametrize("slice_", slices())
def test_compiled_catalogue_is_what_is_written(slice_):
    path = path_of(slice_)

    assert not path.exists() or path.with_suffix(".mo").read_bytes() == compiled(catalogue(slice_))


def _made_of_pieces(path):
    """Refusals put together as f-strings without their English: the catalogues cannot know them."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            has_english = len(node.exc.args) > 1 or any(k.arg == "sentence_en" for k in node.exc.keywords)
            pieces = [n for a in node.exc.args for n in ast.walk(a) if isinstance(n, ast.JoinedStr)]
            if pieces and not has_english and ast.unparse(node.exc.func) != "TypeError":
                yield f"{path.relative_to(ROOT)}:{node.lineno}"


@pytest.mark.parametrize("slice_", [s for s in slices() if (ROOT / s / "web").exists()])
def test_refusals_go_through_the_catalogue(slice_):
    """`core.errors.Sentence` keeps the words apart from what is put into them."""
    files = [p for p in (ROOT / slice_).rglob("*.py") if "render" not in p.parts]

    assert [place for path in files for place in _made_of_pieces(path)] == []


def _said_bare(path):
    """Words about what was done that a view hands over without marking them for translation."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            is_message = ast.unparse(node.func).startswith("messages.")
            told = [k.value for k in node.keywords if k.arg == "done"] + (node.args[1:] if is_message else [])
            bare = any(isinstance(t, ast.JoinedStr) or (isinstance(t, ast.Constant) and t.value != "") for t in told)
            if bare:
                yield f"{path.relative_to(ROOT)}:{node.lineno}"


def test_words_about_what_was_done_are_marked():
    assert [place for path in sorted(ROOT.glob("*/web/*.py")) for place in _said_bare(path)] == []
