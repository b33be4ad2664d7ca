import sys
from datetime import datetime
from itertools import product

from prefect import allow_failure, flow, task
from prefect_shell import ShellOperation

from airflow_mapping import each_pass
from airflow_resume import SAME_DATE
from airflow_rules import submit


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def first(v):
    return f"{v}1"


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def second(v, w):
    return v + w


@task(name="product_of.add", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def add(a, b):
    return a + b


@task(name="product_of.show", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def show(n):
    print(n)


@task(name="names", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def names():
    return ["a", "b", "c"]


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def collect(vs):
    return sorted(vs)


@task(name="none", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def none():
    return []


@task(name="always", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def always(vs=None):
    return "always"


@task(name="end", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def end():
    return ShellOperation(commands=["echo end"]).run()[-1]


# A file: read, then write.
def kw(name, suffix):
    """Reads and writes a file."""
    first_run = first.with_options(name="kw.first").submit(name)
    return second.with_options(name="kw.second").submit(first_run, suffix)


def product_of(a, b):
    added = add.submit(a, b)
    return show.submit(added)


# A file: read, then write.
def per_file(name, after):
    """Reads and writes a file."""
    first_run = submit(first.with_options(name="per_file.first"), name, after=after)
    return submit(second.with_options(name="per_file.second"), first_run, "!", after=[first_run])


# A file: read, then write.
def nothing(name, after):
    """Reads and writes a file."""
    first_run = submit(first.with_options(name="nothing.first"), name, after=after)
    return submit(second.with_options(name="nothing.second"), first_run, "x", after=[first_run])


@flow(name="groups_mapped", log_prints=True)
def groups_mapped(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    kw_seconds = []
    for name, suffix in [("x", "1"), ("y", "2")]:
        kw_second = kw(name, suffix)
        kw_seconds.append(kw_second)
    product_of_shows = []
    for a, b in product([1, 2], [10, 20]):
        product_of_show = product_of(a, b)
        product_of_shows.append(product_of_show)
    names_run = names.submit()
    per_file_seconds = []
    for name, after in each_pass({"name": names_run}, after=[names_run]):
        per_file_second = per_file(name, after=after)
        per_file_seconds.append(per_file_second)
    collected = submit(collect.with_options(name="collect"), per_file_seconds, after=per_file_seconds)
    none_run = none.submit()
    nothing_seconds = []
    for name, ready in each_pass({"name": none_run}, after=[none_run]):
        nothing_second = nothing(name, after=ready)
        nothing_seconds.append(nothing_second)
    collect_nothing = submit(collect.with_options(name="collect_nothing"), nothing_seconds, after=nothing_seconds)
    always_run = always.submit(wait_for=[*map(allow_failure, nothing_seconds)])
    ended = end.submit(wait_for=product_of_shows)
    return [*kw_seconds, collected, collect_nothing, always_run, ended]


if __name__ == "__main__":
    sys.exit(not groups_mapped(return_state=True).is_completed())
