"""Streams of lines that are the same for the same seed, and what must become of each line."""

import json
import random

EVENT, REPEAT, BLANK, REJECTED, IGNORED, PATCH = "event repeat blank rejected ignored patch".split()

TEXTS = [
    "plain", "Grüße, 東京, 🎯", 'quotes " and \\ back', "tab\tline\nfeed\r\x08\x0c", "nul \x00 inside",
    "'); DROP TABLE mcp_events; --", "\x1b[31mred\x1b[0m", "\u2028\u202e", "x" * 300,
]
TOOLS = ["edit_file", "bash", "mcp__github__create_issue", "read", "Grüße", "a\"b"]
OUTCOMES = ["ok", "error", "denied", "cancelled", "timeout", "incomplete", "unknown"]
STATUSES = ["waiting_review", "pr_created", "acme.merge_fix", "terminated"]


class Line:
    """One line: its bytes without the line feed, and what must become of it."""

    __slots__ = ("number", "kind", "data", "key")

    def __init__(self, number, kind, data, key):
        self.number, self.kind, self.data, self.key = number, kind, data, key


class Stream:
    """An endless stream of lines, known by its name.

    With `uids` every event carries an event_uid, so that lines may be sent twice. With `padding`
    lines have about that many bytes.
    """

    def __init__(self, seed, name, uids=False, padding=0, clean=False):
        self.seed, self.name, self.uids = seed, name, uids
        self.padding, self.clean = padding, clean
        self._lines = {}

    def line(self, number):
        if number not in self._lines:
            self._lines[number] = self._make(number)
        return self._lines[number]

    def lines(self, first, last):
        """The lines first..<last."""
        return [self.line(number) for number in range(first, last)]

    def bytes(self, first, last):
        return b"".join(line.data + b"\n" for line in self.lines(first, last))

    def _make(self, number):
        rng = random.Random(f"{self.seed}:{self.name}:{number}")
        dice = rng.random() * (0.85 if self.clean else 1)
        key = f"{self.name}-{number}"
        if dice < 0.86:
            return Line(number, EVENT, self._event(rng, key), key)
        if dice < 0.89:
            return Line(number, REPEAT, self._repeat(rng, number), f"{self.name}~{number // 60}")
        if dice < 0.92:
            return Line(number, REJECTED, self._damaged(rng, key), key)
        if dice < 0.94:
            return Line(number, BLANK, rng.choice([b"", b" ", b"\t \r"]), key)
        if dice < 0.96:
            data = json.dumps({"kind": rng.choice(["summary", "run", "archive"]), "of": key})
            return Line(number, IGNORED, data.encode(), key)
        patch = {"kind": "instance", "id": key, "type": rng.choice(["coding", "review"])}
        if rng.random() < 0.3:
            patch["parent_instance_id"] = f"{self.name}-agent-0"
        return Line(number, PATCH, json.dumps(patch).encode(), key)

    def _event(self, rng, key):
        event = {
            "instance_id": f"{self.name}-agent-{rng.randrange(3)}",
            "tool_name": rng.choice(TOOLS),
            "call_id": key,
        }
        if rng.random() < 0.5:
            event["success"] = rng.random() < 0.8
        else:
            event["outcome"] = rng.choice(OUTCOMES)
        if self.uids:
            event["event_uid"] = "uid:" + key
        for field, chance, value in [
            ("metadata", 0.8, lambda: self._metadata(rng)),
            ("error_message", 0.2, lambda: rng.choice(TEXTS)),
            ("timestamp", 0.4, lambda: self._time(rng)),
            ("duration_us", 0.4, lambda: rng.choice([0, 7, 2**62, rng.randrange(10**7)])),
            ("session_id", 0.3, lambda: rng.choice(["s", "s/ü", 's"q'])),
            ("server_name", 0.1, lambda: "github"),
            ("tool_kind", 0.2, lambda: rng.choice(["edit", "read", "execute"])),
            ("git_commit_hash", 0.1, lambda: "%040x" % rng.getrandbits(160)),
            ("parent_call_id", 0.1, lambda: key + "-p"),
            ("source_format", 0.1, lambda: "some.format"),
            ("status_change", 0.1, lambda: rng.choice(STATUSES)),
            ("is_status_updating", 0.1, lambda: rng.random() < 0.5),
            ("unknown_" + str(rng.randrange(5)), 0.1, lambda: self._metadata(rng)),
            ("extra", 0.05, lambda: {"given": rng.choice(TEXTS)}),
        ]:
            if rng.random() < chance:
                event[field] = value()
        if self.padding:
            event["error_message"] = "p" * rng.randrange(self.padding // 2, self.padding * 3 // 2)
        ascii_only = rng.random() < 0.5
        separators = rng.choice([(",", ":"), (", ", ": ")])
        return json.dumps(event, ensure_ascii=ascii_only, separators=separators).encode()

    @staticmethod
    def _metadata(rng):
        return rng.choice([
            {"file": "src/main.ts", "lines": rng.randrange(500)}, [1, 2.50, None, True], "text",
            json.dumps({"inner": rng.choice(TEXTS)}), {"deep": {"er": [{"text": rng.choice(TEXTS)}]}},
            rng.randrange(10**18), -0.0, {},
        ])

    @staticmethod
    def _time(rng):
        return rng.choice([
            "2026-11-22T09:14:03.512Z", "2026-02-28T23:59:59+05:30",
            1_700_000_000, 1_700_000_000.25, 1_700_000_000_123, 1_700_000_000_123_456,
            -62_135_596_800, "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z",
        ])

    def _repeat(self, rng, number):
        return json.dumps({
            "instance_id": f"{self.name}-agent-0", "tool_name": "repeat", "success": True,
            "event_uid": f"uid:{self.name}~{number // 60}",
        }).encode()

    @staticmethod
    def _damaged(rng, key):
        mark = b'"' + key.encode() + b'"'
        return rng.choice([
            b"not json " + mark, b'{"tool_name":' + mark, b"[" + mark + b"]", mark,
            b'{"tool_name":"x","success":true,"instance_id":7,"call_id":' + mark + b"}",
            b'{"tool_name":"x","instance_id":"i","success":true,"success":true,"c":' + mark + b"}",
            b'{"tool_name":"x","instance_id":"i","success":true,"bad":"\xff\xfe","c":' + mark + b"}",
            b'{"tool_name":"x","instance_id":"i","success":true,"bad":"\\ud83d","c":' + mark + b"}",
            b'{"tool_name":"x","instance_id":"i","success":true,"outcome":"error","c":' + mark + b"}",
            b'{"tool_name":"x","instance_id":"i","success":true,"d":' + b"[" * 600 + mark + b"]" * 600
            + b"}",
            b'{"kind":"relationship","parent_instance":"a","child_instance":7,"c":' + mark + b"}",
        ])


def class_counts(lines):
    """How many lines of each kind there are."""
    counts = dict.fromkeys([EVENT, REPEAT, BLANK, REJECTED, IGNORED, PATCH], 0)
    for line in lines:
        counts[line.kind] += 1
    return counts
