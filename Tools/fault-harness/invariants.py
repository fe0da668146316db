"""What must hold of a database, whatever was done to those who wrote it."""

import collections
import contextlib
import os
import shutil
import sqlite3
import tempfile

import evidence
from workload import BLANK, EVENT, IGNORED, PATCH, REJECTED, REPEAT


class Violation(Exception):
    """Something that must hold does not."""


def require(condition, message):
    if not condition:
        raise Violation(message)


def copy_database(path, folder):
    """Copies a database and its logs, not its shared memory, as a power failure leaves them."""
    os.makedirs(folder, exist_ok=True)
    target = os.path.join(folder, "copy.db")
    for suffix in ("", "-journal", "-wal"):
        if os.path.exists(path + suffix):
            shutil.copyfile(path + suffix, target + suffix)
        elif os.path.exists(target + suffix):
            os.remove(target + suffix)
    if os.path.exists(target + "-shm"):
        os.remove(target + "-shm")
    return target


@contextlib.contextmanager
def scratch(path):
    """A connection to a copy, so that looking changes nothing."""
    with tempfile.TemporaryDirectory(prefix="mcp-faults-copy-") as folder:
        with contextlib.closing(sqlite3.connect(copy_database(path, folder))) as database:
            yield database


def has_tables(path):
    if not os.path.exists(path) or os.path.getsize(path) + wal_size(path) == 0:
        return False
    with scratch(path) as database:
        return bool(database.execute("SELECT 1 FROM sqlite_schema WHERE name = 'meta'").fetchone())


def wal_size(path):
    return os.path.getsize(path + "-wal") if os.path.exists(path + "-wal") else 0


class State:
    """What a database holds, read once and checked for itself."""

    def __init__(self, path):
        with scratch(path) as database:
            database.text_factory = bytes
            self._check_file(database)
            try:
                self.batches = evidence.check(database)
            except evidence.BadSeal as error:
                raise Violation(f"evidence: {error}")
            self._check_sequences(database)
            self._read(database)
            self._check_numbers(database)

    @staticmethod
    def _check_file(database):
        result = database.execute("PRAGMA integrity_check").fetchall()
        require(result == [(b"ok",)], f"integrity_check: {result[:3]}")
        broken = database.execute("PRAGMA foreign_key_check").fetchall()
        require(not broken, f"foreign_key_check: {broken[:3]}")

    @staticmethod
    def _check_sequences(database):
        rows = database.execute("SELECT instance_id, instance_seq FROM mcp_events ORDER BY id")
        last = collections.Counter()
        for instance, sequence in rows:
            last[instance] += 1
            require(sequence == last[instance],
                    f"{instance}: instance_seq {sequence} instead of {last[instance]}")
        for instance, count in database.execute("SELECT id, event_count FROM instances"):
            require(count == last[instance], f"{instance}: event_count {count}, not {last[instance]}")

    def _read(self, database):
        self.calls = collections.Counter(dict(database.execute(
            "SELECT call_id, count(*) FROM mcp_events WHERE call_id IS NOT NULL GROUP BY 1")))
        self.uids = collections.Counter(dict(database.execute(
            "SELECT event_uid, count(*) FROM mcp_events WHERE event_uid IS NOT NULL GROUP BY 1")))
        self.instances = {row[0] for row in database.execute("SELECT id FROM instances")}
        self.rejected = [row[0] for row in database.execute("SELECT line FROM rejected_lines")]
        self.runs = [
            {key: value.decode() if isinstance(value, bytes) else value for key, value in row.items()}
            for row in self._rows(database, "SELECT * FROM ingest_runs ORDER BY id")
        ]
        self.events = database.execute("SELECT count(*) FROM mcp_events").fetchone()[0]
        self.order = [row[0] for row in database.execute(
            "SELECT call_id FROM mcp_events WHERE call_id IS NOT NULL ORDER BY id")]

    @staticmethod
    def _rows(database, sql):
        cursor = database.execute(sql)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row)) for row in cursor]

    def _check_numbers(self, database):
        for run in self.runs:
            parts = sum(run[key] for key in
                        ("events", "duplicates", "ignored", "blank", "rejected"))
            require(run["lines_read"] == parts,
                    f"run {run['id']}: {run['lines_read']} lines, but the five add up to {parts}")
        require(sum(run["stored"] for run in self.runs) == self.events,
                "the runs stored another number of events than there are")
        kept = database.execute("SELECT count(*) FROM rejected_lines").fetchone()[0]
        require(sum(run["rejected"] for run in self.runs) == kept,
                "the runs rejected another number of lines than are kept")
        for run in self.runs:
            first, last = run["first_batch"], run["last_batch"]
            require(first is None or 1 <= first <= last <= self.batches,
                    f"run {run['id']}: batches {first} to {last} of {self.batches}")

    # Lines of streams

    def total(self, key):
        return sum(run[key] for run in self.runs)

    def check_once(self, stream, lines, exact=True):
        """Checks that each of these lines is there exactly once, and no other of the stream.

        Without `exact` rejected lines may be there more than once: they carry no identity.
        """
        wanted = {line.key.encode() for line in lines if line.kind == EVENT}
        prefix = stream.name.encode() + b"-"
        found = {key: count for key, count in self.calls.items() if key.startswith(prefix)}
        lost, strange = wanted - found.keys(), found.keys() - wanted
        require(not lost, f"{len(lost)} events are lost, such as {sorted(lost)[:3]}")
        require(not strange, f"{len(strange)} events must not be there: {sorted(strange)[:3]}")
        twice = [key for key, count in found.items() if count > 1]
        require(not twice, f"{len(twice)} events are there twice, such as {sorted(twice)[:3]}")
        self._check_repeats(stream, lines)
        self._check_others(stream, lines, exact)

    def _check_repeats(self, stream, lines):
        wanted = {b"uid:" + line.key.encode() for line in lines if line.kind == REPEAT}
        prefix = b"uid:" + stream.name.encode() + b"~"
        found = {uid for uid in self.uids if uid.startswith(prefix)}
        require(wanted == found, f"repeated events: {wanted ^ found}")

    def _check_others(self, stream, lines, exact):
        for line in lines:
            if line.kind == PATCH:
                require(line.key.encode() in self.instances, f"the instance {line.key} is lost")
        wanted = collections.Counter(line.data for line in lines if line.kind == REJECTED)
        mark = b'"' + stream.name.encode() + b"-"
        found = collections.Counter(line for line in self.rejected if mark in line)
        require(not wanted - found, f"rejected lines are lost: {list(wanted - found)[:2]}")
        require(not found - wanted or not exact and not found.keys() - wanted.keys(),
                f"rejected lines too many: {list(found - wanted)[:2]}")

    def check_order(self, stream, exact=True):
        """Checks that the events of a stream stand in the order of its lines."""
        prefix = stream.name.encode() + b"-"
        numbers = [int(key[len(prefix):]) for key in self.order if key.startswith(prefix)]
        require(numbers == sorted(numbers), f"the events of {stream.name} are out of order")

    def check_counts(self, lines):
        """Checks the runs' sums against the kinds of all lines that were read."""
        counts = collections.Counter(line.kind for line in lines)
        repeated = len({line.key for line in lines if line.kind == REPEAT})
        expected = {
            "lines_read": len(lines),
            "events": counts[EVENT] + counts[PATCH] + repeated,
            "duplicates": counts[REPEAT] - repeated,
            "blank": counts[BLANK],
            "ignored": counts[IGNORED],
            "rejected": counts[REJECTED],
        }
        found = {key: self.total(key) for key in expected}
        require(found == expected, f"the runs count {found}, read was {expected}")
