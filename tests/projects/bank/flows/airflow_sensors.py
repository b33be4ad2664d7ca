"""Waiting for a condition, as Airflow's sensors do."""

import random
import time
from datetime import timedelta


def wait_until(condition, *, poke_interval=60, timeout=7 * 24 * 3600, on_timeout=TimeoutError, backoff=False, max_wait=None):
    """Ask `condition` every `poke_interval` seconds until it is true, at least once, for `timeout` seconds.

    Then it raises `on_timeout`: TimeoutError fails the task, FailNow does so without a retry, Skip ends it as skipped.
    `backoff`: each pause is about twice as long as the one before, up to `max_wait`. What is in seconds can be a timedelta.
    """
    poke_interval, timeout = seconds(poke_interval), seconds(timeout)
    started, pokes = time.monotonic(), 1
    while not condition():
        passed_seconds = time.monotonic() - started
        if passed_seconds > timeout:
            raise on_timeout(f"the condition was not met in {timeout:g} seconds")
        pause = poke_interval
        if backoff:
            least = max(int(poke_interval * 2 ** (pokes - 2)), 1)
            pause = min(random.randrange(least, 2 * least), max(timeout - passed_seconds, 0), seconds(max_wait or timeout))
        sleep(pause)
        pokes += 1


def sleep(pause):
    """In short pieces, between which a timeout of the task can end it."""
    until = time.monotonic() + pause
    while (left := until - time.monotonic()) > 0:
        time.sleep(min(left, 0.5))


def seconds(value):
    return value.total_seconds() if isinstance(value, timedelta) else value
