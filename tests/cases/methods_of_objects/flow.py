from datetime import datetime, timedelta

from prefect import flow, task
from prefect.runtime import flow_run

from airflow_resume import SAME_DATE


class Pipeline:
    table = "t"

    def __init__(self, symbol, size=3):
        self.symbol = symbol
        self.size = size

    def fetch(self, ds):
        print(self.symbol, ds)
        return self.symbol * self.size

    def store(self, ds, run_id=None):
        return "%s of %s in %s" % (self.symbol, ds, self.table)

    def pulls(self, ti, **kwargs):
        return ti.xcom_pull(task_ids="fetch_" + self.symbol)


main = Pipeline("main")


fetch_BTC = task(
    Pipeline("BTC").fetch,
    name="fetch_BTC",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)


store_BTC = task(
    Pipeline("BTC").store,
    name="store_BTC",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)


fetch_ETH = task(
    Pipeline("ETH").fetch,
    name="fetch_ETH",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)


store_ETH = task(
    Pipeline("ETH").store,
    name="store_ETH",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)


last = task(
    main.store, name="last", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE
)


@flow(name="methods_of_objects", log_prints=True)
def methods_of_objects(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"
    run_id = flow_run.id

    fetch_BTC(ds)
    store_BTC(ds, run_id)
    fetch_ETH(ds)
    store_ETH(ds, run_id)
    last_run = last(ds, run_id)
    return last_run


if __name__ == "__main__":
    methods_of_objects()
