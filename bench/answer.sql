-- One answer, one transaction: the same meaning as SAVE in zhupei/exams/hot.py, one row at a time.
\set attempt random(1, 10000)
\set item random(1, 20)
\set turn :turn + 1
INSERT INTO exams_answer AS stored (attempt_id, item, choice, turn, saved_at)
SELECT id, :item, 'B', :turn, now()
  FROM exams_attempt
 WHERE id = :attempt AND handed_in_at IS NULL AND now() < closes_at
   FOR SHARE SKIP LOCKED
ON CONFLICT (attempt_id, item) DO UPDATE
   SET choice = excluded.choice, turn = excluded.turn, saved_at = excluded.saved_at
 WHERE stored.turn < excluded.turn
RETURNING turn;
