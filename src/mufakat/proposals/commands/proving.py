"""The proof that a group may receive goods, by the cycle's due date (rule 41)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mufakat import audit
from mufakat.core.decision import require
from mufakat.cycles.rules import Proof
from mufakat.documents import commands as documents
from mufakat.people.actors import Actor
from mufakat.proposals import permissions, queries
from mufakat.proposals.errors import WrongProof
from mufakat.proposals.models import RecipientProof


@transaction.atomic
def attach_proof(
    *, actor: Actor, proposal_id: UUID, proof: Proof, number: str, content: bytes, at: datetime
) -> RecipientProof:
    """Keep the scan of the recipient's proof; also after the due date. Raises WrongProof or WrongScan."""
    proposal = queries.lock_for(actor, proposal_id)
    require(permissions.can_prove(actor, proposal))
    if not proposal.recipient.strip():
        raise WrongProof("Usulan ini tidak menyebut penerima barang. Isi penerimanya lebih dahulu.")
    if proof.value not in proposal.cycle.proof_kinds:
        raise WrongProof("Jenis bukti itu tidak diterima tahun ini. Pilih dari daftar.")
    if not number.strip():
        raise WrongProof("Isi nomor bukti.")
    made = RecipientProof.objects.create(
        kabupaten=proposal.kabupaten,
        proposal=proposal,
        kind=proof.value,
        number=number.strip()[:120],
        scan=documents.keep_scan(kabupaten=proposal.kabupaten, content=content),
        added_at=at,
        added_by=actor.label,
    )
    audit.record(
        actor, "proposal.proof_attached", made, at=at, proposal=str(proposal.pk), kind=proof.value, sha256=made.scan_id
    )
    return made
