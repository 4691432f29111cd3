"""The two deeds of an attempt that the hot process and the site's own verbs share, as SQL.

Each changes many attempts at once and writes their events into the record in the same statement,
so a start or a hand-in costs one statement however many there are. The trigger of ``core_event``
links every event into its chain as for any other.

Rows are entered by key only (``id = ANY``, scalar subqueries): the hot process forbids nested
loops, and a join would read whole tables.
"""

# ── Starting ─────────────────────────────────────────────────────────────────────────────────
#
# $1 attempts, sorted; $2 the moment, null for the database's own clock.
#
# attempt   NO KEY UPDATE SKIP LOCKED: who presses twice at the same moment hears "busy" once.
# state     in the order in which a candidate should hear it; "begins" only once in a life.
# begun     sets started_at; it is all that starting changes, the deadline was fixed by the seal.

START = """
WITH attempt AS MATERIALIZED (
    SELECT a.id, a.sitting_id, a.paper_id, a.label, a.account_id, a.account_name, a.seed,
           a.started_at, a.closes_at, a.notice, (a.sitting).minutes, a.at,
           (a.sitting).starts_at AS opens_at, (a.sitting).grace_seconds,
           CASE WHEN a.handed_in_at IS NOT NULL THEN 'handed_in'
                WHEN (a.sitting).state <> 'sealed' THEN 'not_sealed'
                WHEN a.paused_at IS NOT NULL THEN 'paused'
                WHEN a.closes_at <= a.at THEN 'closed'
                WHEN a.started_at IS NOT NULL THEN 'open'
                WHEN a.at < (a.sitting).starts_at THEN 'too_early'
                WHEN a.closes_at - (a.sitting).grace_seconds * interval '1 second' <= a.at
                THEN 'too_late'
                WHEN a.admitted_at IS NULL AND (a.turned_away OR (a.sitting).needs_admission)
                THEN 'not_admitted'
                ELSE 'begins' END AS state
      FROM (SELECT a.*, coalesce($2::timestamptz, now()) AS at,
                   (SELECT s FROM exams_sitting AS s WHERE s.id = a.sitting_id) AS sitting
              FROM exams_attempt AS a
             WHERE a.id = ANY($1::bigint[])
               FOR NO KEY UPDATE OF a SKIP LOCKED) AS a
), begun AS (
    UPDATE exams_attempt AS a SET started_at = attempt.at
      FROM attempt
     WHERE a.id = ANY($1::bigint[]) AND a.id = attempt.id AND attempt.state = 'begins'
), noted AS (
    INSERT INTO core_event (subject, verb, within, subject_label, actor_id, actor_name, facts)
    SELECT 'exams.attempt/' || id, 'attempt.started', 'exams.sitting/' || sitting_id, label,
           account_id, account_name,
           jsonb_build_object(
               'form', (SELECT number FROM exams_paper AS p WHERE p.id = paper_id),
               'grace', grace_seconds)
      FROM attempt
     WHERE state = 'begins'
     ORDER BY id
)
SELECT id, CASE state WHEN 'begins' THEN 'open' ELSE state END, at, closes_at,
       coalesce(started_at, at), opens_at, grace_seconds, seed, notice, sitting_id,
       (SELECT number FROM exams_paper AS p WHERE p.id = paper_id),
       (SELECT sealed_sha256 FROM exams_paper AS p WHERE p.id = paper_id)
  FROM attempt
"""

# ── Handing in ───────────────────────────────────────────────────────────────────────────────
#
# The caller holds the locks of the attempts and read their answers after it; see hot-path.md.
#
# $1 attempts, sorted; $2 by the clock?; $3 marks, null where people have to judge; $4 passed;
# $5 the moment, null for the database's own clock;
# $6–$10 the events, in order: attempt, verb, actor's id and name, facts as JSON;
# $11–$14 for all of them: organization's id and name, request, address.

HAND_IN = """
WITH handed AS (
    UPDATE exams_attempt AS a
       SET handed_in_at = coalesce($5::timestamptz, now()), handed_in_by_clock = h.by_clock,
           mark = h.mark, passed = h.passed, paused_at = NULL
      FROM unnest($1::bigint[], $2::boolean[], $3::numeric[], $4::boolean[])
           AS h (id, by_clock, mark, passed)
     WHERE a.id = ANY($1::bigint[]) AND a.id = h.id AND a.handed_in_at IS NULL
    RETURNING a.id, a.sitting_id, a.label
), noted AS (
    INSERT INTO core_event (subject, verb, within, subject_label, actor_id, actor_name, facts,
                            organization_id, organization_name, request_id, address)
    SELECT 'exams.attempt/' || handed.id, e.verb, 'exams.sitting/' || handed.sitting_id,
           handed.label, e.actor_id, e.actor_name, e.facts::jsonb,
           $11::bigint, $12::text, $13::text, $14::text
      FROM unnest($6::bigint[], $7::text[], $8::bigint[], $9::text[], $10::text[])
           WITH ORDINALITY AS e (attempt_id, verb, actor_id, actor_name, facts, place)
      JOIN handed ON handed.id = e.attempt_id
     ORDER BY e.place
)
SELECT id FROM handed
"""
