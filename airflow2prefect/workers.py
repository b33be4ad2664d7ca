"""The same work for many files: side by side where that pays, in their order, with a progress bar where someone looks."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from airflow2prefect.discovery import Found

MANY = 24  # files from which on more processes are worth their start
Result = TypeVar("Result")


def each(found: Sequence[Found], work: Callable[[Found], Result], jobs: int, doing: str) -> Iterator[Result]:
    """`work` of each file; it must be picklable. `jobs`: processes, 0 for as many as are worth it. `doing`: what the bar says."""
    workers = min(jobs or os.cpu_count() or 1, len(found))
    results: Iterator[Result]
    if workers > 1 and (jobs > 1 or len(found) >= MANY):
        results = _side_by_side(found, work, workers)
    else:
        results = (work(item) for item in found)
    if len(found) >= MANY and sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import track

        results = iter(track(results, doing, total=len(found), console=Console(stderr=True), transient=True))
    yield from results


def _side_by_side(found: Sequence[Found], work: Callable[[Found], Result], workers: int) -> Iterator[Result]:
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(work, found, chunksize=8)
