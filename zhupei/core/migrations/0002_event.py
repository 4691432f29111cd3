"""The record of deeds: partitioned by month, linked by hash, append-only in the database itself.

Every row is linked to the one before it on the same subject by the trigger below, under the lock
of the subject's head row; ``core_event_canonical`` is the text that is hashed. UPDATE and DELETE
are refused for everybody; TRUNCATE is left to the grants, because tests own their tables.

Source: Measures, art. 13 and 20 (records are kept, searchable and traceable).
Locks: none, the tables are new.
Reverse: drops the table and with it the record; only sensible before first use.
"""

from django.db import migrations

FORWARD = """
CREATE SEQUENCE core_event_id_seq;

-- The clock of the record. The demo region is built by walking years of deeds in a minute; it may
-- set its own time, and whatever it writes then says so in its facts, for ever.
CREATE FUNCTION core_event_clock() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
    SELECT coalesce(
        nullif(current_setting('zhupei.simulated_time', true), '')::timestamptz,
        clock_timestamp()
    )
$$;

CREATE TABLE core_event (
    id bigint NOT NULL DEFAULT nextval('core_event_id_seq'),
    subject text NOT NULL,
    seq bigint NOT NULL DEFAULT 0,
    at timestamptz NOT NULL DEFAULT core_event_clock(),
    verb text NOT NULL,
    within text NOT NULL DEFAULT '',
    subject_label text NOT NULL,
    actor_id bigint,
    actor_name text NOT NULL DEFAULT '',
    organization_id bigint,
    organization_name text NOT NULL DEFAULT '',
    facts jsonb NOT NULL DEFAULT '{}',
    request_id text NOT NULL DEFAULT '',
    address text NOT NULL DEFAULT '',
    previous text NOT NULL DEFAULT '',
    hash text NOT NULL DEFAULT '',
    PRIMARY KEY (subject, seq, at)
) PARTITION BY RANGE (at);
CREATE INDEX event_by_id ON core_event (id);
CREATE INDEX event_within ON core_event (within, id) WHERE within <> '';
CREATE INDEX event_by_verb ON core_event (verb, id);
CREATE TABLE core_event_default PARTITION OF core_event DEFAULT;

CREATE FUNCTION core_event_make_partition(month date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    first date := date_trunc('month', month);
BEGIN
    EXECUTE format(
        'CREATE TABLE IF NOT EXISTS %I PARTITION OF core_event FOR VALUES FROM (%L) TO (%L)',
        'core_event_' || to_char(first, 'YYYYMM'),
        first::timestamp AT TIME ZONE 'UTC',
        (first + interval '1 month')::timestamp AT TIME ZONE 'UTC'
    );
END $$;
SELECT core_event_make_partition((date_trunc('month', now()) + n * interval '1 month')::date)
  FROM generate_series(-6, 3) AS n;

CREATE FUNCTION core_event_canonical(e core_event) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_object(
        'subject', e.subject, 'seq', e.seq, 'verb', e.verb, 'within', e.within,
        'at', to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'subject_label', e.subject_label,
        'actor_id', e.actor_id, 'actor_name', e.actor_name,
        'organization_id', e.organization_id, 'organization_name', e.organization_name,
        'facts', e.facts, 'request_id', e.request_id, 'address', e.address
    )::text
$$;

CREATE FUNCTION core_event_hash(previous text, canonical text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT encode(sha256(convert_to(previous || E'\\n' || canonical, 'UTF8')), 'hex')
$$;

CREATE FUNCTION core_event_link() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO core_eventhead AS h (subject, seq, hash)
    VALUES (NEW.subject, 1, repeat('0', 64))
    ON CONFLICT (subject) DO UPDATE SET seq = h.seq + 1
    RETURNING h.seq, h.hash INTO NEW.seq, NEW.previous;
    IF nullif(current_setting('zhupei.simulated_time', true), '') IS NOT NULL THEN
        NEW.facts := NEW.facts || '{"simulated": true}';
    END IF;
    NEW.hash := core_event_hash(NEW.previous, core_event_canonical(NEW));
    UPDATE core_eventhead SET hash = NEW.hash WHERE subject = NEW.subject;
    RETURN NEW;
END $$;

CREATE TRIGGER core_event_link
    BEFORE INSERT ON core_event
    FOR EACH ROW EXECUTE FUNCTION core_event_link();

CREATE FUNCTION core_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'core_event is append-only: % refused', TG_OP;
END $$;
CREATE TRIGGER core_event_append_only
    BEFORE UPDATE OR DELETE ON core_event
    FOR EACH ROW EXECUTE FUNCTION core_event_refuse();
"""
REVERSE = """
DROP FUNCTION core_event_canonical(core_event);
DROP TABLE core_event;
DROP FUNCTION core_event_refuse();
DROP FUNCTION core_event_link();
DROP FUNCTION core_event_hash(text, text);
DROP FUNCTION core_event_make_partition(date);
DROP FUNCTION core_event_clock();
DROP SEQUENCE core_event_id_seq;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [
        migrations.RunSQL(FORWARD, REVERSE, state_operations=[]),
    ]
