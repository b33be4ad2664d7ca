"""DAGs of a list of configurations: what comes of these is written, not they; a pull named by a parameter."""
import sys
from datetime import datetime

from prefect import flow, task

from airflow_resume import SAME_DATE


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def send(job_id, path):
    return [job_id, path]


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def fetch(number):
    return '/tmp/%s' % number


@task(name="start")
def start():
    pass


@task(name="start")
def jobs_of_kor_start():
    pass


@flow(name="jobs_of_jpn")
def jobs_of_jpn(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    start()
    fetch_jpn = fetch.with_options(name="fetch_jpn")(number="2")
    send_jpn = send.with_options(name="send_jpn")(job_id="jpn", path=f"{fetch_jpn}")
    return send_jpn


@flow(name="jobs_of_kor")
def jobs_of_kor(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    jobs_of_kor_start()
    fetch_kor = fetch.with_options(name="fetch_kor")(number="3")
    send_kor = send.with_options(name="send_kor")(job_id="kor", path=f"{fetch_kor}")
    return send_kor


if __name__ == "__main__":
    states = [each(return_state=True) for each in (jobs_of_jpn, jobs_of_kor)]
    sys.exit(not all(state.is_completed() for state in states))
