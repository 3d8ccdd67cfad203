"""The life of a forum, a delegate, a document: every state × action, written out."""

import pytest

from mufakat.core.machine import NotPossible
from mufakat.documents.states import DOCUMENT, DocumentAction, DocumentState
from mufakat.forums.states import DELEGATE, FORUM, DelegateAction, DelegateState, ForumAction, ForumState

FORUM_TABLE = """
               siapkan   nyatakan_siap mulai       buka_pleno kembali_ke_sidang terbitkan_ba tarik_ba tandatangani   kunci   tunda   jadwalkan_ulang batalkan   skors   lanjutkan
dijadwalkan    persiapan -             -           -          -                 -            -        -              -       ditunda -               dibatalkan -       -
persiapan      -         siap          -           -          -                 -            -        -              -       ditunda -               dibatalkan -       -
siap           -         -             berlangsung -          -                 -            -        -              -       ditunda -               dibatalkan -       -
berlangsung    -         -             -           pleno      -                 -            -        -              -       -       -               dibatalkan diskors -
pleno          -         -             -           -          berlangsung       ba_final     -        -              -       -       -               dibatalkan diskors -
diskors        -         -             -           -          -                 -            -        -              -       -       -               dibatalkan -       berlangsung
ba_final       -         -             -           -          -                 -            pleno    ditandatangani -       -       -               -          -       -
ditandatangani -         -             -           -          -                 -            -        -              dikunci -       -               -          -       -
dikunci        -         -             -           -          -                 -            -        -              -       -       -               -          -       -
ditunda        -         -             -           -          -                 -            -        -              -       -       dijadwalkan     dibatalkan -       -
dibatalkan     -         -             -           -          -                 -            -        -              -       -       -               -          -       -
"""
DELEGATE_TABLE = """
              menyatakan_bersedia pilih    beri_mandat   lapor
dicalonkan    bersedia            -        -             -
bersedia      -                   terpilih -             -
terpilih      -                   -        dimandatkan   -
dimandatkan   -                   -        -             melapor
melapor       -                   -        -             melapor
"""
DOCUMENT_TABLE = """
                lampirkan_bertanda_tangan kunci   ganti_versi batalkan
final           ditandatangani            -       -           dibatalkan
ditandatangani  ditandatangani            dikunci -           -
dikunci         -                         -       direvisi    -
direvisi        -                         -       -           -
dibatalkan      -                         -       -           -
"""


def cells(table):
    head, *rows = (line.split() for line in table.strip().splitlines())
    return [(row[0], action, cell) for row in rows for action, cell in zip(head, row[1:], strict=True)]


@pytest.mark.parametrize(
    ("machine", "state_type", "action_type", "table"),
    [
        (FORUM, ForumState, ForumAction, FORUM_TABLE),
        (DELEGATE, DelegateState, DelegateAction, DELEGATE_TABLE),
        (DOCUMENT, DocumentState, DocumentAction, DOCUMENT_TABLE),
    ],
)
def test_every_state_and_action(machine, state_type, action_type, table):
    written = cells(table)

    found = {(s, a): machine.table.get((s, a), "-") for s in state_type for a in action_type}

    assert {(s, a): str(t) for (s, a), t in found.items()} == {(s, a): t for s, a, t in written}
    assert len(written) == len(state_type) * len(action_type)


@pytest.mark.parametrize("action", list(ForumAction))
def test_locked_forum_refuses_every_action(action):
    with pytest.raises(NotPossible) as refusal:
        FORUM.next(ForumState.LOCKED, action)

    assert (refusal.value.state, refusal.value.action) == (ForumState.LOCKED, action)
    assert str(refusal.value).startswith(
        "Langkah ini tidak tersedia lagi: keadaannya sudah berubah, mungkin oleh orang lain."
    )
