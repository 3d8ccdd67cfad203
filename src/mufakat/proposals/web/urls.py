"""Addresses of proposals in the village."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mufakat.proposals.rules import Part
from mufakat.proposals.web import listing, proofs, sending, views

app_name = "proposals"
_STEPS = [
    path(f"<uuid:proposal_id>/langkah/{part.value}/", views.step, {"part": part}, name=f"step_{part.value}")
    for part in Part
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", listing.index, name="index"),
    path("baru/", views.new, name="new"),
    path("urutan/", listing.order, name="order"),
    path("berita-acara-desa/", listing.village_minutes, name="village_minutes"),
    path("bukti-penerima/", proofs.proofs, name="proofs"),
    path("<uuid:proposal_id>/", views.edit, name="edit"),
    path("<uuid:proposal_id>/bukti-penerima/", proofs.proof, name="proof"),
    path("<uuid:proposal_id>/bukti-penerima/pindaian/", proofs.proof_scan, name="proof_scan"),
    *_STEPS,
    path("<uuid:proposal_id>/simpan/", views.autosave, name="autosave"),
    path("<uuid:proposal_id>/urutan/", listing.put_at, name="put_at"),
    path("<uuid:proposal_id>/periksa/", sending.check, name="check"),
    path("<uuid:proposal_id>/ajukan/", sending.submit, name="submit"),
    path("<uuid:proposal_id>/berbeda/", sending.tell_apart, name="tell_apart"),
    path("<uuid:proposal_id>/gabungkan/", sending.join, name="join"),
    path("<uuid:proposal_id>/hapus/", sending.delete, name="delete"),
    path("<uuid:proposal_id>/tarik/", sending.withdraw, name="withdraw"),
    path("<uuid:proposal_id>/banding/", sending.appeal, name="appeal"),
    path("<uuid:proposal_id>/foto/", sending.add_photo, name="add_photo"),
    path("<uuid:proposal_id>/foto/<uuid:photo_id>/", sending.photo, name="photo"),
    path("<uuid:proposal_id>/foto/<uuid:photo_id>/hapus/", sending.remove_photo, name="remove_photo"),
    path("<uuid:proposal_id>/tanda-terima/", sending.receipt, name="receipt"),
]
