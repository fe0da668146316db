"""Servers that misbehave, or that answer as fast as can be; no SDK.

raw_server.py echo           answers each tools/call with its arguments
raw_server.py die COUNT      answers so many calls, then kills itself
raw_server.py flood COUNT    writes so many notifications, then one answer
raw_server.py deaf           says that it is there, and never reads
raw_server.py stubborn       echo that minds neither the end of its input nor SIGTERM
"""

import json
import os
import signal
import sys
import time


def answer(line):
    message = json.loads(line)
    content = [{"type": "text", "text": json.dumps(message.get("params", {}).get("arguments"))}]
    reply = {"jsonrpc": "2.0", "id": message["id"], "result": {"content": content}}
    os.write(1, json.dumps(reply).encode() + b"\n")


def main():
    how, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 0
    if how == "deaf":
        os.write(1, b'{"jsonrpc":"2.0","method":"notifications/ready"}\n')
        while True:
            time.sleep(3600)
    if how == "flood":
        note = {"jsonrpc": "2.0", "method": "notifications/message", "params": {"data": "z" * 900}}
        line = json.dumps(note).encode() + b"\n"
        for _ in range(count):
            sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()
    if how == "stubborn":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    for number, line in enumerate(sys.stdin.buffer, 1):
        answer(line)
        if how == "die" and number == count:
            os.kill(os.getpid(), signal.SIGKILL)
    while how == "stubborn":
        time.sleep(3600)


main()
