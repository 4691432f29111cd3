"""What a save costs when the table of answers holds a hundred thousand rows, and ten million.

The old answers are those of sittings long over; the saves are those of today. Both runs use the
same connections on the same machine; the limit is that the second costs at most 1.2 of the first.
"""

import statistics

from bench import pg
from bench.answers import hammer, stop

ROWS = (100_000, 10_000_000)
LIMIT = 1.2  # times
SECONDS = 5.0
ROUNDS = 3

FILL = f"""
    INSERT INTO exams_answer (attempt_id, item, choice, turn, saved_at)
    SELECT -1 - n / {pg.ITEMS}, n % {pg.ITEMS}, 'B', 1, now() - interval '1 year'
      FROM generate_series({{start}}, {{end}}) AS n
"""  # noqa: S608 - a constant of the benches, filled with numbers


def main() -> None:
    """Measure, grow, measure."""
    rates: list[float] = []
    with pg.durable_cluster() as data:
        tickets = pg.tickets()
        port = pg.free_port()
        held = 0
        for rows in ROWS:
            pg.execute(data, "DELETE FROM exams_answer WHERE attempt_id > 0")
            pg.execute(data, FILL.format(start=held, end=rows - 1))
            pg.execute(data, "VACUUM ANALYZE exams_answer")
            pg.execute(data, "CHECKPOINT")
            held = rows
            process = pg.start_hot(data, port)
            try:
                hammer(port, tickets, 2.0)  # today's answers are there, caches are warm
                found = [hammer(port, tickets, SECONDS) for _ in range(ROUNDS)]
            finally:
                stop(process)
            rates.append(statistics.median(one.rate for one in found))
            p99 = statistics.median(one.p99 for one in found)
            print(f"  {rows:,} rows: {rates[-1]:,.0f} answers/s, p99 {p99:.1f} ms", flush=True)
            if any(one.refused for one in found):
                raise SystemExit("bench growth: some answers were refused")
    cost = rates[0] / rates[1]
    print(f"bench growth: ratio {LIMIT / cost:.2f} value {cost:.2f} times limit {LIMIT} times")
    if cost > LIMIT:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
