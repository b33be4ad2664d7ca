"""Shell commands that end with the time of their task, or that may say that it is skipped, as with Airflow's BashOperator."""

from contextlib import contextmanager
from threading import Timer

from airflow_rules import Skip
from prefect.context import TaskRunContext


def run_in_time(operation):
    """The last line that a ShellOperation prints."""
    with in_time(operation):
        process = operation.trigger()
        process.wait_for_completion()
        return (process.fetch_result() or [""])[-1]


def run_or_skip(operation, *codes):
    """The last line that a ShellOperation prints. If its command ends with one of these exit codes, the task is skipped."""
    with operation:
        process = operation.trigger()
        try:
            process.wait_for_completion()
        except RuntimeError:
            if process.return_code not in codes:
                raise
        if process.return_code in codes:
            raise Skip(f"the command ended with exit code {process.return_code}")
        return (process.fetch_result() or [""])[-1]


def run_or_skip_in_time(operation, *codes):
    with in_time(operation):
        return run_or_skip(operation, *codes)


@contextmanager
def in_time(operation):
    """End all processes of the operation when the task has run for its `timeout_seconds`.

    Prefect interrupts a task that runs in a thread only when the call returns that it waits for.
    """
    timer = Timer(TaskRunContext.get().task.timeout_seconds, operation.close)
    with operation:
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
