"""Mapped operators, and a command that may skip its task: tasks that raise, none of them lost."""
from datetime import datetime

from prefect import flow, task


@task(name="start")
def start():
    pass


@task(name="copy")
def copy():
    # BashOperator.partial(task_id="copy", do_xcom_push=False).expand(bash_command=["echo 1", "echo 2"])
    raise NotImplementedError("A2P121: a task that is mapped over values (`.expand`) is not converted")


@task(name="maybe")
def maybe():
    # BashOperator(task_id="maybe", bash_command="exit 42", skip_on_exit_code=42)
    raise NotImplementedError("A2P210: BashOperator(skip_on_exit_code=42) is not converted")


@task(name="end")
def end():
    pass


@flow(name="mapped")
def mapped(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    start()
    copy()
    maybe()
    end()


if __name__ == "__main__":
    mapped()
