"""Leaving a task by sys.exit(): it ends the task, as in Airflow, and not the flow."""

from functools import wraps


def exit_fails(function):
    """The function, which fails where it leaves by sys.exit(), whatever the code: as in Airflow 1.10."""

    @wraps(function)
    def run(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        except SystemExit as left:
            raise RuntimeError(f"left by sys.exit({left.code!r})") from left

    return run


def exit_counts(function):
    """The function, which fails where it leaves by sys.exit() with a code that is not 0: as in Airflow 2."""

    @wraps(function)
    def run(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        except SystemExit as left:
            if left.code not in (None, 0):
                raise RuntimeError(f"left by sys.exit({left.code!r})") from left

    return run
