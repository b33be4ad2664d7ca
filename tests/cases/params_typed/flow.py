"""Params of Airflow 2: defaults become parameters of the flow, what Param says besides is told."""
from datetime import datetime
from typing import Annotated

from prefect import flow, task
from prefect_shell import ShellOperation
from pydantic import Field

from airflow_resume import SAME_DATE


@task(name="a", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def show(limit, region, names):
    print(limit, region, names)


@task(name="b", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def b(limit, plain):
    return ShellOperation(commands=[f"echo {limit} {plain}"]).run()[-1]


@task(name="c", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def c(needed):
    return ShellOperation(commands=[f"echo {needed}"]).run()[-1]


@flow(name="params_typed", log_prints=True)
def params_typed(
    needed: str,
    logical_date: datetime | None = None,
    limit: Annotated[int, Field(ge=1)] = 10,
    region: str = "eu",
    names: list = ["a", "b"],
    plain: float = 1.5,
):
    """logical_date: the date to process; by default, when the run was scheduled."""
    show(limit, region, names)
    b(limit, plain)
    c_run = c(needed)
    return c_run


if __name__ == "__main__":
    params_typed()
