import sys

from prefect import allow_failure, flow, task
from prefect_shell import ShellOperation

from airflow_rules import Skip, submit


def tell(task, task_run, state):
    print('failed:', task.name)


@task(name="job", retries=1, retry_delay_seconds=0, timeout_seconds=1800, tags=["pool:spark"], on_failure=[tell])
def fetch(conf):
    if not conf:
        raise Skip('nothing to fetch')
    return conf['path']


@task(name="create", retries=1, retry_delay_seconds=0, on_failure=[tell])
def create():
    ShellOperation(commands=["echo up"]).run()


@task(name="archive", retries=1, retry_delay_seconds=0, on_failure=[tell])
def archive():
    ShellOperation(commands=["echo archive"]).run()


@task(name="delete", retries=1, retry_delay_seconds=0, on_failure=[tell])
def delete():
    ShellOperation(commands=["echo down"]).run()


@task(name="alert", retries=1, retry_delay_seconds=0, on_failure=[tell])
def alert():
    ShellOperation(commands=["echo alert"]).run()


@flow(name="cluster", log_prints=True)
def cluster(conf: dict | None = None):
    created = create.submit()
    job = submit(fetch, conf, after=[created])
    archived = submit(archive, after=[job])
    # The cluster costs money: always take it down.
    deleted = delete.submit(wait_for=[allow_failure(job)])
    alerted = submit(alert, after=[job], rule="one_failed")
    return [archived, deleted, alerted]


if __name__ == "__main__":
    sys.exit(not cluster(return_state=True).is_completed())
