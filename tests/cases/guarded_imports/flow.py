"""Imports of Airflow that may fail, XComArg, and statements that do nothing."""
import os

from prefect import flow, task
from collections import OrderedDict

AIRFLOW_AVAILABLE = True


@task(name="a")
def work(n=1):
    return OrderedDict(a=n, there=AIRFLOW_AVAILABLE)


@task(name="b")
def more(x):
    return x


@flow(name="guarded_imports", log_prints=True)
def guarded_imports():
    a = work()
    b = more(a)
    return b


if __name__ == "__main__":
    guarded_imports()
