"""The seals of DESIGN section 9, computed again from the rows, without the program's own code."""

import hashlib

FIELDS = [  # the order of Sources/MCPEvents/Lines/EventLine.swift
    ("id", "number"), ("instance_id", "text"), ("tool_name", "text"), ("success", "flag"),
    ("error_message", "text"), ("metadata", "json"), ("git_commit_hash", "text"),
    ("status_change", "text"), ("is_status_updating", "flag"), ("timestamp", "time"),
    ("outcome", "text"), ("duration_us", "number"), ("server_name", "text"), ("tool_kind", "text"),
    ("session_id", "text"), ("call_id", "text"), ("parent_call_id", "text"),
    ("source_format", "text"), ("received_at", "time"), ("extra", "json"), ("event_uid", "text"),
    ("instance_seq", "number"), ("supersedes", "number"),
]
COLUMNS = ", ".join(name for name, _ in FIELDS)
SHORT = {8: b"\\b", 9: b"\\t", 10: b"\\n", 12: b"\\f", 13: b"\\r", 34: b'\\"', 92: b"\\\\"}


class BadSeal(Exception):
    """A seal does not fit what is sealed."""


def quoted(text):
    """A JSON string in its canonical form."""
    out = bytearray(b'"')
    for byte in text:
        if byte in SHORT:
            out += SHORT[byte]
        elif byte < 0x20:
            out += b"\\u%04x" % byte
        else:
            out.append(byte)
    return bytes(out) + b'"'


def civil(days):
    """Year, month and day of a day since 1970-01-01 (proleptic Gregorian)."""
    days += 719468
    era, day_of_era = divmod(days, 146097)
    year = (day_of_era - day_of_era // 1460 + day_of_era // 36524 - day_of_era // 146096) // 365
    day = day_of_era - (365 * year + year // 4 - year // 100)
    month = (5 * day + 2) // 153
    return (
        year + era * 400 + (1 if month >= 10 else 0),
        month + 3 if month < 10 else month - 9,
        day - (153 * month + 2) // 5 + 1,
    )


def time_text(milliseconds):
    milliseconds = min(max(milliseconds, -62167219200000), 253402300799999)
    days, rest = divmod(milliseconds, 86400000)
    seconds, millis = divmod(rest, 1000)
    return b"%04d-%02d-%02dT%02d:%02d:%02d.%03dZ" % (
        *civil(days), seconds // 3600, seconds // 60 % 60, seconds % 60, millis)


def canonical_line(row, origin):
    """The event's line, as bytes."""
    parts = [b'{"kind":"event"']
    for (name, form), value in zip(FIELDS, row):
        if value is None:
            continue
        if form == "number":
            value = b"%d" % value
        elif form == "flag":
            value = b"true" if value else b"false"
        elif form == "time":
            value = b'"' + time_text(value) + b'"'
        elif form == "text":
            value = quoted(value)
        parts.append(b',"' + name.encode() + b'":' + value)
    return b"".join(parts) + b',"origin":' + quoted(origin) + b"}"


def leaf(data):
    return hashlib.sha256(b"\0" + data).digest()


def node(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def root(leaves):
    """The Merkle tree hash of RFC 6962 section 2.1, by its definition."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node(root(leaves[:split]), root(leaves[split:]))


def completed_nodes(log, count):
    """The inner nodes that the leaf `count` of the log completes, from below."""
    nodes, size = [], 2
    while count % size == 0:
        nodes.append(root(log[count - size:count]))
        size *= 2
    return nodes


def check(database):
    """Checks every seal of an open database whose text_factory is bytes."""
    own = database.execute("SELECT value FROM meta WHERE key = 'database_id'").fetchone()[0]
    events = {
        row[0]: leaf(canonical_line(row, own))
        for row in database.execute(f"SELECT {COLUMNS} FROM mcp_events WHERE origin = 0")
    }
    batches = database.execute(
        "SELECT seq, kind, first_id, count, leaves, root, nodes FROM event_batches ORDER BY seq")
    log, next_id = [], 1
    for expected, (seq, kind, first, count, leaves, batch_root, nodes) in enumerate(batches, 1):
        if seq != expected:
            raise BadSeal(f"batch {expected} is missing, {seq} follows")
        if kind != b"events":
            raise BadSeal(f"batch {seq} is of kind {kind}")
        if first != next_id:
            raise BadSeal(f"batch {seq} begins with event {first} instead of {next_id}")
        next_id = first + count
        stored = [leaves[index:index + 32] for index in range(0, len(leaves), 32)]
        actual = [events.pop(number, None) for number in range(first, next_id)]
        if stored != actual:
            wrong = [first + i for i, pair in enumerate(zip(stored, actual)) if pair[0] != pair[1]]
            raise BadSeal(f"batch {seq}: the leaves of the events {wrong[:3]} are others")
        if root(stored) != batch_root:
            raise BadSeal(f"the root of batch {seq} is another")
        log.append(leaf(batch_root))
        if b"".join(completed_nodes(log, seq)) != nodes:
            raise BadSeal(f"the inner nodes of batch {seq} are others")
    if events:
        raise BadSeal(f"the events {sorted(events)[:3]} are in no batch")
    return len(log)
