"""DuckDB at its best: the columns are known, there is no index, and one checkpoint at the end.

duckdb_load.py EVENTS.jsonl TARGET.duckdb
"""

import json
import sys
import time

import duckdb

COLUMNS = {
    "instance_id": "VARCHAR", "tool_name": "VARCHAR", "success": "BOOLEAN",
    "error_message": "VARCHAR", "metadata": "JSON", "git_commit_hash": "VARCHAR",
    "status_change": "VARCHAR", "is_status_updating": "BOOLEAN", "timestamp": "TIMESTAMP",
    "outcome": "VARCHAR", "duration_us": "BIGINT", "server_name": "VARCHAR",
    "tool_kind": "VARCHAR", "session_id": "VARCHAR", "call_id": "VARCHAR",
    "parent_call_id": "VARCHAR", "event_uid": "VARCHAR",
}


def main():
    events, target = sys.argv[1:]
    wall, cpu = time.perf_counter(), time.process_time()
    database = duckdb.connect(target)
    database.execute(
        "CREATE TABLE mcp_events AS SELECT * FROM "
        f"read_json(?, format='newline_delimited', columns={COLUMNS})",
        [events],
    )
    database.execute("CHECKPOINT")
    database.close()
    print(json.dumps({"seconds": time.perf_counter() - wall, "cpu": time.process_time() - cpu}))


main()
