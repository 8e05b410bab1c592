"""The command line, run so that it says at its end how much memory it took."""

from __future__ import annotations

# A process counts the memory of the one it was started from as its own peak: VmHWM begins anew, and
# the command's workers are started from a process that holds little.
WITH_PEAK = """
import resource, sys
from pathlib import Path
from sheetprop.cli import main
code = main(sys.argv[1:])
own = next(x for x in Path("/proc/self/status").read_text().splitlines() if x.startswith("VmHWM"))
started = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(max(int(own.split()[1]), started), file=sys.stderr)
sys.exit(code)
"""
"""Code for ``python -c`` on Linux; the last line to stderr is the peak in kibibytes."""
