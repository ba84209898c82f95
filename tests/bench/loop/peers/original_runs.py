"""Fills a database of the original, loomc 0.3.0, with finished runs.

Takes one JSON argument {file, state, runs, steps}.
"""

import json
import sqlite3
import sys

from loomc.checkpoint import SQLiteCheckpointStore

GIVEN = json.loads(sys.argv[1])
AT = "2026-07-03T12:00:19+00:00"

SQLiteCheckpointStore(GIVEN["file"])
with open(GIVEN["state"]) as file:
    state = file.read()
ids = [f"{number:012x}" for number in range(GIVEN["runs"])]
connection = sqlite3.connect(GIVEN["file"])
with connection:
    connection.executemany(
        "INSERT INTO runs (id, spec_hash, status, created_at, updated_at) VALUES (?, '0', 'completed', ?, ?)",
        ((run, AT, AT) for run in ids),
    )
    connection.executemany(
        "INSERT INTO steps (run_id, step_n, state_blob, cost_usd, score, timestamp) VALUES (?, ?, ?, 0.01, ?, ?)",
        ((run, step, state, step / 100, AT) for run in ids for step in range(GIVEN["steps"])),
    )
connection.close()
