"""Converts examples/airflow_dags, runs the fraud pipeline in Prefect, and shows what came out."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import datetime, timezone
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent


def main() -> int:
    flows = HERE / "converted"
    convert = [sys.executable, "-m", "airflow2prefect", "convert", str(HERE / "airflow_dags"), "-o", str(flows)]
    print("$ airflow2prefect convert examples/airflow_dags -o examples/converted", flush=True)
    if subprocess.run(convert, cwd=ROOT, check=False).returncode:
        return 1
    print("\n$ python examples/converted/fraud_detection.py", flush=True)
    began = time.monotonic()
    env = {**os.environ, "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}
    code = subprocess.run([sys.executable, str(flows / "fraud_detection.py")], cwd=ROOT, env=env, check=False).returncode
    reports = sorted((ROOT / "fraud_data").glob("*/report.md"), key=lambda path: path.stat().st_mtime)
    if code or not reports:
        return code or 1
    print(f"\nDone in {time.monotonic() - began:.0f} s at {datetime.now(timezone.utc):%H:%M} UTC: {reports[-1].relative_to(ROOT)}\n")
    print(reports[-1].read_text())
    return 0


if __name__ == "__main__":
    sys.exit(main())
