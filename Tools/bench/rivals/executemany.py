"""What a careful Python program does: executemany, the same schema, the same transactions.

executemany.py SETUP.sql EVENTS.jsonl TARGET.db ROWS_PER_TRANSACTION
"""

import datetime
import itertools
import json
import sqlite3
import sys
import time

COLUMNS = (
    "id, instance_id, tool_name, success, error_message, metadata, git_commit_hash, "
    "status_change, is_status_updating, timestamp, outcome, duration_us, server_name, tool_kind, "
    "session_id, call_id, parent_call_id, received_at, event_uid, instance_seq"
)
INSERT = f"INSERT INTO mcp_events ({COLUMNS}) VALUES ({', '.join('?' * 20)})"
INSTANCE = "INSERT INTO instances (id, created_at, last_activity, status_changed_at) VALUES (?, 0, 0, 0)"


def rows(file, received_at):
    sequences = {}
    for number, line in enumerate(file, 1):
        event = json.loads(line)
        get = event.get
        instance = event["instance_id"]
        sequence = sequences[instance] = sequences.get(instance, 0) + 1
        moment = datetime.datetime.fromisoformat(event["timestamp"])
        success = get("success", get("outcome") == "ok")
        yield (
            number, instance, event["tool_name"], success, get("error_message"),
            json.dumps(get("metadata")), get("git_commit_hash"), get("status_change"),
            get("is_status_updating", False), round(moment.timestamp() * 1000),
            get("outcome", "ok" if success else "error"), get("duration_us"), get("server_name"),
            get("tool_kind"), get("session_id"), get("call_id"), get("parent_call_id"),
            received_at, get("event_uid"), sequence,
        )


def main():
    setup, events, target, size = sys.argv[1:]
    wall, cpu = time.perf_counter(), time.process_time()
    database = sqlite3.connect(target, isolation_level=None)
    database.executescript(open(setup).read())
    known = set()
    with open(events, "rb") as file:
        source = rows(file, round(time.time() * 1000))
        while batch := list(itertools.islice(source, int(size))):
            database.execute("BEGIN IMMEDIATE")
            new = {row[1] for row in batch} - known
            database.executemany(INSTANCE, [(instance,) for instance in new])
            known |= new
            database.executemany(INSERT, batch)
            database.execute("COMMIT")
    database.close()
    print(json.dumps({"seconds": time.perf_counter() - wall, "cpu": time.process_time() - cpu}))


main()
