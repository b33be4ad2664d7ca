"""`python benchmarks/report.py`: what looking at a file costs, in process, on the public DAG files, beside `libcst.parse_module` in the same run.

`--memory [N]`: also how much memory N files (10,000) take more than the first tenth of them did. Times are the processor's.
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
    began = time.process_time()
    for data, _ in files:
        libcst.parse_module(data)
    parsed = time.process_time()
    for data, name in files:
        survey(data, name, Options())
    done = time.process_time()
    print(
        f"{len(files)} files a core: report {len(files) / (done - parsed):.0f} files/s, libcst.parse_module {len(files) / (parsed - began):.0f} files/s"
    )
    if "--memory" in sys.argv:
        last = int(sys.argv[-1]) if sys.argv[-1].isdigit() else 10_000
        marks: list[int] = []

        def facts() -> Iterator[FileFacts]:
            for number, (data, name) in enumerate(itertools.islice(itertools.cycle(files), last)):
                if number in (last // 10, last - 1):
                    marks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
                yield survey(data, name, Options())

        as_json.show(facts(), Totals(), _Nowhere())
        print(f"memory: {marks[0] / 1024:.0f} MB after {last // 10:,} files, {marks[1] / 1024:.0f} MB after {last:,}")


if __name__ == "__main__":
    main()
