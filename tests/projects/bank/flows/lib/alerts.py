import logging

from airflow_variables import variable


def on_failure(task, task_run, state):
    """Tells that a task has failed."""
    logging.error("failed: %s, %s", task.name, state.result(raise_on_failure=False))


def channel():
    return variable("alert_channel", default="#bank")
