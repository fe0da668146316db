"""Medians, their spread, and tables of them."""

import statistics


def middle(values):
    return statistics.median(values)


def spread(values):
    """How far the extremes are from the median, in per cent of it."""
    center = middle(values)
    return f"{100 * (min(values) / center - 1):+.0f}…{100 * (max(values) / center - 1):+.0f} %"


def seconds(values):
    return f"{middle(values):.2f} s"


def milliseconds(values):
    return f"{1000 * middle(values):.1f} ms"


def megabytes(count):
    return f"{count / (1 << 20):.0f} MB"


def verdict(value, at_most=None, at_least=None):
    """A ratio beside its target."""
    if at_most is not None:
        return f"{'met' if value <= at_most else 'MISSED'} (≤ {at_most:g})"
    if at_least is not None:
        return f"{'met' if value >= at_least else 'MISSED'} (≥ {at_least:g})"
    return ""


def processor():
    try:
        with open("/proc/cpuinfo") as file:
            names = [line.split(":")[1].strip() for line in file if line.startswith("model name")]
        return names[0]
    except (OSError, IndexError):
        return "unknown processor"


class Table:
    """A heading, the names of columns, and rows of text."""

    def __init__(self, heading, columns):
        self.heading = heading
        self.columns = columns
        self.rows = []

    def add(self, *cells):
        self.rows.append([str(cell) for cell in cells])

    def text(self):
        widths = [max(len(row[i]) for row in [self.columns, *self.rows]) for i in self.indices]
        lines = [self.heading]
        for row in [self.columns, *self.rows]:
            cells = [row[0].ljust(widths[0])]
            cells += [row[i].rjust(widths[i]) for i in self.indices if i > 0]
            lines.append("  " + "  ".join(cells).rstrip())
        return "\n".join(lines)

    def markdown(self):
        alignment = ["---"] + ["---:"] * (len(self.columns) - 1)
        lines = [f"**{self.heading}**", ""]
        for row in [self.columns, alignment, *self.rows]:
            lines.append("| " + " | ".join(row) + " |")
        return "\n".join(lines) + "\n"

    @property
    def indices(self):
        return range(len(self.columns))
