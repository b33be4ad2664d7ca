import os
import sys

from prefect import flow, task

TABLES = os.environ.get('TABLES', 'users,orders,items').split(',')


@task
def copy(table, mode):
    print('copy', table, mode)
    return table


@task(name="check")
def check(loads):
    print(loads)


@task(name="start")
def start():
    pass


@flow(name="warehouse", log_prints=True)
def warehouse():
    started = start.submit()
    loads = []
    for table in TABLES:
        # one extract and one load a table
        extract = copy.with_options(name=f"extract_{table}").submit(table=table, mode="out", wait_for=[started])
        load = copy.with_options(name=f"load_{table}").submit(table=table, mode="in", wait_for=[extract])
        loads.append(load)
    finish = check.submit(loads)
    return [finish]


if __name__ == "__main__":
    sys.exit(not warehouse(return_state=True).is_completed())
