"""Joins the parts of one paper into one PDF/A that keeps tags, outline, metadata and determinism.

The parts come from typst, so what must be merged is known: pages, the structure tree with its parent tree and its
identifiers (ISO 32000-1, 14.7.4), the outline, the page count and the identifiers in the metadata. Page numbers,
"Halaman x dari y", are known only now; they come as a PDF of their own with the same pages and are laid on top.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pikepdf import Pdf


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of every page, in points."""
    import pikepdf

    with pikepdf.open(BytesIO(pdf)) as opened:
        return [(float(p.mediabox[2]), float(p.mediabox[3])) for p in opened.pages]


def join_pdf(parts: Sequence[bytes], *, stamps: bytes | None = None) -> bytes:
    """One PDF of all parts in order, with page `i` of `stamps` laid over page `i`.

    Kept: PDF/A and PDF/UA marks, title and language of the first part, the tags of all, the outline, the moment.
    The result is compressed and depends on the bytes of the parts only.
    """
    import pikepdf

    with pikepdf.open(BytesIO(parts[0])) as joined:
        for number, part in enumerate(parts[1:], 1):
            with pikepdf.open(BytesIO(part)) as other:
                _append(joined, other, number)
        if stamps is not None:
            _stamp(joined, stamps)
        _renew_metadata(joined, parts)
        target = BytesIO()
        joined.save(
            target,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            fix_metadata_version=False,
        )
    return target.getvalue()


def _append(joined: Pdf, other: Pdf, number: int) -> None:
    """Add the pages of `other`, then what hangs on them."""
    _rename_identifiers(other, number)
    shift = int(joined.Root.StructTreeRoot.ParentTreeNextKey)
    for page in other.pages:
        _shift_parents(page.obj, shift)
    first = len(joined.pages)
    # Pages first: what is copied afterwards then refers to the copies.
    joined.pages.extend(other.pages)
    _append_structure(joined, joined.copy_foreign(other.Root.StructTreeRoot), shift)
    if "/First" in other.Root.get("/Outlines", {}):
        _append_outline(joined, joined.copy_foreign(other.Root.Outlines))
    assert len(joined.pages) == first + len(other.pages)


def _rename_identifiers(pdf: Pdf, number: int) -> None:
    """Every part numbers its tables from one: their identifiers get the part's number in front."""
    from pikepdf import Array, String

    mark = f"p{number:03d}"
    for element in _elements(pdf.Root.StructTreeRoot):
        if "/ID" in element:
            element.ID = String(mark + str(element.ID))
        for attributes in element.get("/A", ()):
            if "/Headers" in attributes:
                attributes.Headers = Array([String(mark + str(name)) for name in attributes.Headers])
    tree = pdf.Root.StructTreeRoot
    if "/IDTree" in tree:
        names = tree.IDTree.Names
        for index in range(0, len(names), 2):
            names[index] = String(mark + str(names[index]))


def _elements(root: Any) -> Iterator[Any]:
    """Structure elements below the root, each once."""
    from pikepdf import Array, Dictionary

    rest = [root.K]
    while rest:
        node = rest.pop()
        if isinstance(node, Array):
            rest.extend(node)
        elif isinstance(node, Dictionary) and "/S" in node:
            yield node
            if "/K" in node:
                rest.append(node.K)


def _shift_parents(page: Any, shift: int) -> None:
    """Entries of this page in the parent tree move behind those of the parts before."""
    if "/StructParents" in page:
        page.StructParents = int(page.StructParents) + shift
    for note in page.get("/Annots", ()):
        if "/StructParent" in note:
            note.StructParent = int(note.StructParent) + shift
    for form in page.get("/Resources", {}).get("/XObject", {}).values():
        for key in ("/StructParent", "/StructParents"):
            if key in form:
                form[key] = int(form[key]) + shift


def _append_structure(joined: Pdf, tree: Any, shift: int) -> None:
    """The other part's elements follow under the same document element."""
    root = joined.Root.StructTreeRoot
    document = _document(root)
    for child in _document(tree).K:
        child.P = document
        document.K.append(child)
    nums = root.ParentTree.Nums
    for index, entry in enumerate(tree.ParentTree.Nums):
        nums.append(int(entry) + shift if index % 2 == 0 else entry)
    root.ParentTreeNextKey = shift + int(tree.ParentTreeNextKey)
    if "/IDTree" in tree:
        if "/IDTree" in root:
            root.IDTree.Names.extend(tree.IDTree.Names)
        else:
            root.IDTree = tree.IDTree


def _document(root: Any) -> Any:
    """The one /Document element that typst puts under the root."""
    from pikepdf import Array

    return root.K[0] if isinstance(root.K, Array) else root.K


def _append_outline(joined: Pdf, outline: Any) -> None:
    """The other part's headings follow in the outline."""
    if "/First" not in joined.Root.get("/Outlines", {}):
        joined.Root.Outlines = outline
        return
    own = joined.Root.Outlines
    item = outline.get("/First")
    while item is not None:
        item.Parent = own
        item = item.get("/Next")
    own.Last.Next, outline.First.Prev = outline.First, own.Last
    own.Last = outline.Last
    own.Count = int(own.get("/Count", 0)) + int(outline.get("/Count", 0))


def _stamp(joined: Pdf, stamps: bytes) -> None:
    """Lay the page numbers on top; they are artifacts, as in every footer."""
    import pikepdf

    with pikepdf.open(BytesIO(stamps)) as numbers:
        for page, number in zip(joined.pages, numbers.pages, strict=True):
            form = joined.copy_foreign(number.as_form_xobject())
            # A name of our own: by default pikepdf draws one at random.
            page.add_resource(form, pikepdf.Name.XObject, pikepdf.Name.Nomor)
            page.contents_add(b"q /Nomor Do Q\n")


def _renew_metadata(joined: Pdf, parts: Sequence[bytes]) -> None:
    """Page count and identifiers of the whole, in the metadata that the first part brought."""
    packet = bytes(joined.Root.Metadata.read_bytes()).decode()
    old = re.search(r"<xmpMM:DocumentID>([^<]+)<", packet)
    assert old is not None, "typst menulis xmpMM:DocumentID"
    digest = hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).digest()
    packet = packet.replace(old[1], base64.b64encode(digest[:16]).decode())
    packet = re.sub(r"(<xmpTPg:NPages>)\d+", rf"\g<1>{len(joined.pages)}", packet)
    joined.Root.Metadata.write(packet.encode())
