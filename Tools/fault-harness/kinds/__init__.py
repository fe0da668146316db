"""The kinds of rounds, each in a function of its own."""

from kinds import clocks, crowds, disks, kills, locks, powercuts, rotations, signals, streams  # noqa: F401
