"""Run one program against a throw-away database: `python -m tools.with_cluster manage.py check`."""

import os
import subprocess
import sys

from config import cluster

if __name__ == "__main__":
    with cluster.throwaway() as data:
        there = os.environ | {"ZHUPEI_DATA": str(data), "DATABASE_URL": ""}
        code = subprocess.run([sys.executable, *sys.argv[1:]], env=there, check=False).returncode
    sys.exit(code)
