"""Waiting for a condition, as Airflow's sensors do."""

import os
import random
import time
from datetime import datetime, timedelta, timezone

from prefect.context import TaskRunContext


def wait_until(condition, *, poke_interval=60, timeout=7 * 24 * 3600, on_timeout=TimeoutError, backoff=False, max_wait=None):
    """Ask `condition` every `poke_interval` seconds until it is true, at least once, for `timeout` seconds.

    The task may return what it returns. After `timeout` it raises `on_timeout`: TimeoutError fails the task, FailNow does so without a retry, Skip ends it as skipped.
    `backoff`: each pause is about twice as long as the one before, up to `max_wait`. What is in seconds can be a timedelta.
    """
    poke_interval, timeout = seconds(poke_interval), seconds(timeout)
    started, pokes = time.monotonic(), 1
    while not (answer := condition()):
        passed_seconds = time.monotonic() - started
        if passed_seconds > timeout:
            raise on_timeout(f"the condition was not met in {timeout:g} seconds")
        pause = poke_interval
        if backoff:
            least = max(int(poke_interval * 2 ** (pokes - 2)), 1)
            pause = min(random.randrange(least, 2 * least), max(timeout - passed_seconds, 0), seconds(max_wait or timeout))
        sleep(pause)
        pokes += 1
    return getattr(answer, "xcom_value", None)


class PokeReturnValue:
    """What a condition may return: whether it is met, and what the task then returns."""

    def __init__(self, is_done, xcom_value=None):
        self.is_done, self.xcom_value = is_done, xcom_value

    def __bool__(self):
        return self.is_done


def skip_at_last(message):
    """`on_timeout` of soft-failing sensors of Airflow 1: the task fails while it has retries left, then it is skipped."""
    from airflow_rules import Skip

    run = TaskRunContext.get()
    return TimeoutError(message) if run and run.task_run.run_count <= run.task.retries else Skip(message)


def sleep(pause):
    """In short pieces, between which a timeout of the task can end it."""
    until = time.monotonic() + pause
    while (left := until - time.monotonic()) > 0:
        time.sleep(min(left, 0.5))


def seconds(value):
    return value.total_seconds() if isinstance(value, timedelta) else value


def passed(moment):
    """Whether a moment is over: a datetime, or text in ISO 8601; in UTC if it has no offset."""
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment.replace("Z", "+00:00"))
    return datetime.now(timezone.utc) > moment.replace(tzinfo=moment.tzinfo or timezone.utc)


def landed(path):
    """Whether there is a file at `path`, or a folder with a file somewhere in it."""
    return os.path.exists(path) and (not os.path.isdir(path) or any(files for _, _, files in os.walk(path)))
