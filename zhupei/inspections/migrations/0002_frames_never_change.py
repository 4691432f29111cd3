"""A frozen text is neither changed nor deleted, whoever asks: its hash was published.

TRUNCATE is left to the grants, because tests own their tables.
Locks: none, the table is new.
Reverse: drops the trigger.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION inspections_frame_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a frozen frame is never changed' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER frame_is_frozen BEFORE UPDATE OR DELETE ON inspections_frame
    FOR EACH ROW EXECUTE FUNCTION inspections_frame_is_frozen();
"""
BACKWARD = """
DROP TRIGGER frame_is_frozen ON inspections_frame;
DROP FUNCTION inspections_frame_is_frozen();
"""


class Migration(migrations.Migration):

    dependencies = [('inspections', '0001_initial')]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
