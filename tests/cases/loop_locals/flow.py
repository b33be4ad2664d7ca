"""Task ids and groups made from a variable of the loop's body."""
import sys
from datetime import datetime

from prefect import flow, task
from prefect_shell import ShellOperation

from airflow_resume import SAME_DATE

GENRES = ["Rock", "Funk & Soul", "Hip Hop"]


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def ingest(genre, key):
    return f"{genre}:{key}"


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def fetch(genre):
    return ShellOperation(commands=[f"echo {genre.lower().replace(' ', '_').replace('&', 'and')}"]).run()[-1]


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def shown(ingest):
    return ShellOperation(commands=[f"echo {ingest}"]).run()[-1]


@flow(name="loop_locals")
def loop_locals(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    showns = []
    for genre in GENRES:
        fetched = fetch.with_options(name=f"fetch_{genre.lower().replace(' ', '_').replace('&', 'and')}").submit(genre)
        ingested = ingest.with_options(name=f"ingest_{genre.lower().replace(' ', '_').replace('&', 'and')}").submit(
            genre=genre, key=genre.lower().replace(" ", "_").replace("&", "and"), wait_for=[fetched]
        )
        shown_run = shown.with_options(
            name=f"report_{genre.lower().replace(' ', '_').replace('&', 'and')}.show"
        ).submit(ingested)
        showns.append(shown_run)
    return showns


if __name__ == "__main__":
    sys.exit(not loop_locals(return_state=True).is_completed())
