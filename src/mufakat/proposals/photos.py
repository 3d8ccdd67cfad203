"""Pictures as they may be kept: checked by their content, made smaller, and without what a camera writes into them."""

from __future__ import annotations

from io import BytesIO

import puremagic
from PIL import Image, ImageOps, UnidentifiedImageError

from mufakat.proposals.errors import WrongPhoto

LARGEST = 12 * 1024 * 1024
MOST_PIXELS = 50_000_000
EDGE = 1600
KINDS = ("image/jpeg", "image/png", "image/webp")


def cleaned(content: bytes) -> bytes:
    """The picture as a JPEG of at most 1600 pixels a side, drawn anew: no place, camera or owner stays in it.

    Raises WrongPhoto with the way out.
    """
    if len(content) > LARGEST:
        raise WrongPhoto("Foto lebih dari 12 MB. Kecilkan, atau ambil lagi dengan ketelitian lebih rendah.")
    try:
        kind = puremagic.from_string(content, mime=True)
    except (puremagic.PureError, ValueError):
        kind = ""
    if kind not in KINDS:
        raise WrongPhoto("Berkas bukan foto JPEG, PNG, atau WebP. Pilih foto dari kamera atau galeri.")
    try:
        with Image.open(BytesIO(content)) as image:
            if image.width * image.height > MOST_PIXELS:
                raise WrongPhoto("Foto terlalu besar ukurannya. Kecilkan, lalu unggah lagi.")
            # Turned as it was held, before the note about it goes.
            upright = ImageOps.exif_transpose(image).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise WrongPhoto("Foto tidak dapat dibuka; berkasnya mungkin terpotong. Pilih foto lain.") from None
    upright.thumbnail((EDGE, EDGE))
    # A new picture holds pixels only; a copy would carry the old one's notes along.
    plain = Image.new("RGB", upright.size)
    plain.paste(upright)
    out = BytesIO()
    plain.save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue()
