"""`python benchmarks/convert.py [FOLDER]`: what converting costs, as ratios measured in one run on the public DAG files (or a folder of yours).

convert / parse     converting a file in process, against `libcst.parse_module(text).code`
--version / typer   starting the command, against `python -c "import typer"`
one / two           a folder with one process, against two
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import libcst

from airflow2prefect import convert
from airflow2prefect.model import Options
from airflow2prefect.writing import Mode, run

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


def best(action: Callable[[], object], times: int) -> float:
    """Seconds of the fastest of some runs."""
    found = []
    for _ in range(times):
        began = time.perf_counter()
        action()
        found.append(time.perf_counter() - began)
    return min(found)


def files_of(arguments: list[str]) -> tuple[Path, list[Path]]:
    if arguments:
        root = Path(arguments[0])
        return root, sorted(root.rglob("*.py"))
    from tests.corpus import public_files

    found = [file.path for file in public_files()]
    return found[0].parents[3], found


def convert_folder(root: Path, jobs: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        run([str(root)], Options(), Mode(Path(folder), force=True, jobs=jobs))


def main() -> None:
    root, files = files_of(sys.argv[1:])
    texts = [(path.read_text(encoding="utf-8"), str(path)) for path in files]
    convert(*texts[0])
    parsing = best(lambda: [libcst.parse_module(text).code for text, _ in texts], 3)
    converting = best(lambda: [convert(text, path) for text, path in texts], 3)
    print(f"{len(texts)} files, {1000 * converting / len(texts):.1f} ms each; convert / parse: {converting / parsing:.2f} (at most 3)")
    python = [sys.executable]
    typer = best(lambda: subprocess.run([*python, "-c", "import typer"], check=True), 7)
    version = best(lambda: subprocess.run([*python, "-m", "airflow2prefect", "--version"], check=True, capture_output=True), 7)
    print(f"--version {1000 * version:.0f} ms; --version / import typer: {version / typer:.2f} (at most 2)")
    seconds = {}
    for jobs in (1, 2):
        seconds[jobs] = best(partial(convert_folder, root, jobs), 2)
    print(f"folder: {seconds[1]:.1f} s with one process, {seconds[2]:.1f} s with two; two / one: {seconds[2] / seconds[1]:.2f} (near 0.5)")


if __name__ == "__main__":
    main()
