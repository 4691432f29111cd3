"""Run the benches: `python -m bench` all of them, `python -m bench answers roster` those named.

A bench is a module of this folder with `main() -> None`; it ends with one line
`bench NAME: ratio R value V UNIT limit L UNIT`, the limit measured in the same run.
"""

import importlib
import subprocess
import sys
from pathlib import Path


def names() -> list[str]:
    """Every bench there is: the modules of this folder that have a `main`."""
    modules = Path(__file__).parent.glob("[a-z]*.py")
    return sorted(m.stem for m in modules if "\ndef main() -> None:" in m.read_text())


def main(wanted: list[str]) -> int:
    """One bench runs here; several run each in a process of its own: none warms the next."""
    unknown = set(wanted) - set(names())
    if unknown:
        print(f"no bench called {', '.join(sorted(unknown))}; there are: {', '.join(names())}")
        return 2
    if len(wanted) == 1:
        importlib.import_module(f"bench.{wanted[0]}").main()
        return 0
    runs = [
        subprocess.run([sys.executable, "-m", "bench", name], check=False)
        for name in wanted or names()
    ]
    return max((run.returncode for run in runs), default=0)


if __name__ == "__main__":
    sys.exit(main([name for word in sys.argv[1:] for name in word.split(",") if name]))
