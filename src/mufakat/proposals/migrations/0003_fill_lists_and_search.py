from django.db import migrations

from mufakat.proposals import rules

_COUNT = (
    "INSERT INTO proposals_tally (kabupaten, cycle_id, kecamatan_id, state, number) "
    "SELECT kabupaten, cycle_id, kecamatan_id, state, COUNT(*) FROM proposals_proposal "
    "GROUP BY kabupaten, cycle_id, kecamatan_id, state"
)


def fill(apps, schema_editor):
    """Positions and words of what stands, and the first count."""
    proposals, words = apps.get_model("proposals", "Proposal"), apps.get_model("proposals", "Word")
    for proposal in proposals.objects.filter(number__isnull=False).select_related("cycle").iterator(chunk_size=500):
        position = rules.position(
            plan_year=proposal.cycle.plan_year, kecamatan=proposal.kecamatan_id, number=proposal.number
        )
        proposals.objects.filter(pk=proposal.pk).update(position=position)
        stems = rules.stems(f"{proposal.title} {proposal.location}")
        words.objects.bulk_create(words(stem=s, position=position, proposal=proposal) for s in stems)
    schema_editor.execute(_COUNT)


class Migration(migrations.Migration):
    dependencies = [("proposals", "0002_lists_search_and_form_keys")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
