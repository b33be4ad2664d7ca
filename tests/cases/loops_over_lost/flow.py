import sys
from datetime import datetime

from prefect import flow, task

n = 0


@task
def t():
    # BashOperator(task_id="t_" + d, bash_command="ls " + d)
    raise NotImplementedError('A2P206: command cannot stand in the flow: "ls " + d')


@task
def step():
    # BashOperator(task_id="n_%d" % n, bash_command="ls %s" % n)
    raise NotImplementedError('A2P206: command cannot stand in the flow: "ls %s" % n')


@flow(name="loops_over_lost")
def loops_over_lost(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    t_run = t.with_options(name='"t_" + d').submit()
    step_run = step.with_options(name='"n_%d" % n').submit()
    return [t_run, step_run]


if __name__ == "__main__":
    sys.exit(not loops_over_lost(return_state=True).is_completed())
