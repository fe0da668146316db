"""Runs the program as a process: fed, listened to, stopped and killed."""

import json
import os
import signal
import subprocess
import threading
import time

from invariants import Violation, require

DEADLINE = 90  # seconds; nothing is measured, this only keeps a hang from lasting for ever


class Sidecar:
    """One running mcp-sidecar."""

    def __init__(self, round, *arguments, pipe=False, acks=False, shim=None, database=None,
                 stdout=subprocess.DEVNULL, prefix=(), preexec=None, keep=(), tag=""):
        self.round = round
        self.summary_path = round.file(f"summary{tag}-{round.next_number()}.json")
        self.errors_path = self.summary_path.replace("summary", "stderr")
        command = [*prefix, round.binary, "--db", database or round.database,
                   "--summary-file", self.summary_path, *arguments]
        environment = round.environment()
        if shim:
            environment.update(shim, LD_PRELOAD=round.shim)
        descriptors, self.ack_lines, self.ack_bytes = tuple(keep), 0, 0
        if acks:
            reading, writing = os.pipe()
            command += ["--ack-fd", str(writing)]
            descriptors += (writing,)
            environment["FAULT_ACK"] = str(writing)
        round.log("$", *command)
        with open(self.errors_path, "wb") as errors:
            self.process = subprocess.Popen(
                command, stdin=subprocess.PIPE if pipe else subprocess.DEVNULL, stdout=stdout,
                stderr=errors, env=environment,
                pass_fds=descriptors, preexec_fn=preexec, cwd=round.folder, restore_signals=True)
        round.processes.append(self)
        self.threads, self.sent = [], 0
        if acks:
            os.close(writing)
            self._start(self._listen, reading)

    def _start(self, body, *arguments):
        thread = threading.Thread(target=body, args=arguments, daemon=True)
        thread.start()
        self.threads.append(thread)
        return thread

    def _listen(self, descriptor):
        with os.fdopen(descriptor, "rb") as stream:
            for line in stream:
                if line.endswith(b"\n"):
                    message = json.loads(line)
                    self.ack_lines, self.ack_bytes = message["lines"], message["bytes"]

    # Input

    def feed(self, data, chunk=None, pause=0, close=True):
        """Writes to its standard input, on another thread."""
        return self._start(self._feed, data, chunk or len(data) or 1, pause, close)

    def _feed(self, data, chunk, pause, close):
        stream = self.process.stdin
        try:
            for start in range(0, len(data), chunk):
                part = data[start:start + chunk]
                stream.write(part)
                stream.flush()
                self.sent += len(part)
                if pause:
                    time.sleep(pause)
            if close:
                stream.close()
        except (BrokenPipeError, ValueError):
            self._swallow(stream)

    @staticmethod
    def _swallow(stream):
        try:
            stream.close()
        except OSError:
            pass

    def write(self, data):
        """Writes to its standard input, now."""
        self.process.stdin.write(data)
        self.process.stdin.flush()
        self.sent += len(data)

    def end(self):
        self._swallow(self.process.stdin)

    # The end

    def send(self, number):
        if self.process.poll() is None:
            self.round.log("signal", number, "to", self.process.pid)
            self.process.send_signal(number)

    def stop(self):
        """Stops it, and waits until all its threads stand still."""
        self.send(signal.SIGSTOP)
        if self.process.poll() is None:
            os.waitid(os.P_PID, self.process.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)

    def is_pending(self, number):
        """Whether a signal waits to be taken."""
        with open(f"/proc/{self.process.pid}/status") as stream:
            fields = dict(line.split(":", 1) for line in stream)
        return bool(int(fields["ShdPnd"], 16) >> (number - 1) & 1)

    def kill(self):
        self.send(signal.SIGKILL)
        return self.wait()

    def wait(self, *expected, deadline=DEADLINE):
        """Waits for the end; with `expected` it must be one of these statuses."""
        try:
            status = self.process.wait(deadline)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise Violation(f"mcp-sidecar hangs; its errors: {self.errors()}")
        for thread in self.threads:
            thread.join(DEADLINE)
        self.round.log("exit", status, self.errors()[:300])
        require(status == -signal.SIGKILL or status >= 0,
                f"mcp-sidecar died of signal {-status}: {self.errors()}")
        require(not expected or status in expected,
                f"exit {status} instead of {expected}: {self.errors()}")
        return status

    def errors(self):
        with open(self.errors_path, errors="replace") as stream:
            return stream.read()[-2000:]

    def summary(self):
        require(os.path.exists(self.summary_path), f"there is no summary: {self.errors()}")
        with open(self.summary_path) as stream:
            return json.load(stream)


def until(condition, what, deadline=DEADLINE):
    """Waits until something holds."""
    end = time.monotonic() + deadline
    while not condition():
        require(time.monotonic() < end, f"{what} did not happen")
        time.sleep(0.002)
