import sys
from datetime import datetime

from prefect import flow, task

from airflow_resume import SAME_DATE
from airflow_sensors import PokeReturnValue, wait_until


class ThirdTime:
    """Counts its own pokes: in reschedule mode Airflow makes a new object for each."""

    def __init__(self, times=3):
        self.times, self.seen = times, 0

    def poke(self):
        self.seen += 1
        return PokeReturnValue(is_done=self.seen >= self.times, xcom_value=f"poke {self.seen}")


def ready():
    return PokeReturnValue(True, {"rows": 3})


@task(name="shown", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def show(what, rows):
    print(what, rows)


@task(name="counted", cache_policy=SAME_DATE)
def counted():
    sensor = ThirdTime()
    return wait_until(sensor.poke, poke_interval=0.1, timeout=5)


@task(name="forgetful", cache_policy=SAME_DATE)
def forgetful():
    return wait_until(lambda: ThirdTime().poke(), poke_interval=0.1, timeout=1)


@task(name="at_once", cache_policy=SAME_DATE)
def at_once():
    return wait_until(lambda: ThirdTime(times=1).poke(), poke_interval=1)


@task(name="called", cache_policy=SAME_DATE)
def called():
    return wait_until(ready)


def answered(question):
    return PokeReturnValue(is_done=True, xcom_value=question + "!")


@task(name="answered", cache_policy=SAME_DATE)
def answered_task():
    return wait_until(lambda: answered("is it there"), poke_interval=0.1, timeout=5)


@task(name="tell", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def tell(answer):
    print(answer)


@flow(name="sensors_anew", log_prints=True)
def sensors_anew(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    counted_run = counted.submit()
    forgetful_run = forgetful.submit()
    at_once_run = at_once.submit()
    called_run = called.submit()
    shown = show.submit(counted_run, called_run, wait_for=[forgetful_run, at_once_run])
    answered_run = answered_task.submit()
    tell_run = tell.submit(answered_run)
    return [shown, tell_run]


if __name__ == "__main__":
    sys.exit(not sensors_anew(return_state=True).is_completed())
