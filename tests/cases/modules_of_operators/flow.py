# -*- coding: utf-8 -*-
from __future__ import print_function
import sys
from builtins import range
from datetime import datetime

from prefect import flow, task
from prefect_shell import ShellOperation

from airflow_resume import SAME_DATE


@task(name="hello", retries=2, retry_delay_seconds=300, cache_policy=SAME_DATE)
def greeting():
    import logging
    logging.info('Hello World!')


@task(name="sq", retries=2, retry_delay_seconds=300, cache_policy=SAME_DATE)
def squares(n, conf):
    if conf and conf.get('n'):
        n = conf['n']
    return [i ** 2 for i in range(n)]


@task(name="bye", retries=2, retry_delay_seconds=300, cache_policy=SAME_DATE)
def bye():
    ShellOperation(commands=["echo Goodbye."]).run()


@flow(name="composer_sample")
def composer_sample(logical_date: datetime | None = None, conf: dict | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    hello_python = greeting.submit()
    goodbye_bash = bye.submit(wait_for=[hello_python])
    sq = squares.submit(n=3, conf=conf, wait_for=[hello_python])
    return [goodbye_bash, sq]


if __name__ == "__main__":
    sys.exit(not composer_sample(return_state=True).is_completed())
