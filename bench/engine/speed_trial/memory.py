"""What a process held in memory at most."""

from pathlib import Path


def peak_megabytes() -> float:
    """Of this process, since it began (Linux). What getrusage says includes whoever started it."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    peak = next(line for line in lines if line.startswith("VmHWM:"))
    return int(peak.split()[1]) / 1024
