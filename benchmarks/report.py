"""`python benchmarks/report.py`: what looking at a file costs, in process, on the public DAG files, beside `libcst.parse_module` in the same run.

Also how much memory 10,000 files take more than the first thousand did.
"""

from __future__ import annotations

import io
import itertools
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import libcst

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from airflow2prefect.inventory import FileFacts
from airflow2prefect.model import Options
from airflow2prefect.report import as_json
from airflow2prefect.report.totals import Totals
from airflow2prefect.survey.survey import survey


class _Nowhere(io.StringIO):
    def write(self, text: str) -> int:
        return len(text)


def main() -> None:
    from tests.corpus import public_files

    files = [(file.path.read_bytes(), file.name) for file in public_files()]
    survey(*files[0], Options())
    began = time.perf_counter()
    for data, _ in files:
        libcst.parse_module(data)
    parsed = time.perf_counter()
    for data, name in files:
        survey(data, name, Options())
    done = time.perf_counter()
    print(
        f"{len(files)} files a core: report {len(files) / (done - parsed):.0f} files/s, libcst.parse_module {len(files) / (parsed - began):.0f} files/s"
    )
    if "--memory" in sys.argv:
        marks: list[int] = []

        def facts() -> Iterator[FileFacts]:
            for number, (data, name) in enumerate(itertools.islice(itertools.cycle(files), 10_000)):
                if number in (1000, 9999):
                    marks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
                yield survey(data, name, Options())

        as_json.show(facts(), Totals(), _Nowhere())
        print(f"memory: {marks[0] / 1024:.0f} MB after 1,000 files, {marks[1] / 1024:.0f} MB after 10,000")


if __name__ == "__main__":
    main()
