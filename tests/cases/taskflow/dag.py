"""Daily orders, written with decorators."""
from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import dag, task
from airflow.operators.bash import BashOperator

REGIONS = ["eu", "us"]


# One run a day.
@dag(schedule="@daily", start_date=datetime(2024, 1, 1), catchup=False, default_args={"retries": 0})
def taskflow(limit: int = 3):
    """Counts orders and reports them."""

    # The source is small.
    @task
    def extract(limit, ds=None):
        rows = [n for n in range(limit)]

        return {"rows": rows, "day": ds}

    @task(multiple_outputs=True)
    def count(data: dict):
        return {"total": len(data["rows"]), "day": data["day"]}

    @task
    def by_region(region, data):
        return {region: len(data["rows"])}

    @task(task_id="tell", retries=1, retry_delay=timedelta(seconds=1))
    def report(total, day, regions):
        print(total, day)
        return [total, list(regions)]

    @task.branch(task_id="large_or_small")
    def choose(total):
        return "large" if total > 2 else "small"

    large = BashOperator(task_id="large", bash_command="echo large")
    small = BashOperator(task_id="small", bash_command="echo small")

    data = extract(limit)
    counted = count(data)
    # All regions from the same data.
    regions = [by_region.override(task_id=f"by_region_{region}")(region, data) for region in REGIONS]
    report(counted["total"], counted["day"], regions)
    choose(counted["total"]) >> [large, small]


taskflow()


@task.short_circuit(ignore_downstream_trigger_rules=False)
def any_left():
    return False


# Skipped with what it waits for alone; the last one runs by its rule.
with DAG("next_only", start_date=datetime(2021, 1, 1), schedule=None) as next_only:
    gate = any_left()
    skipped = BashOperator(task_id="skipped", bash_command="echo skipped")
    report = BashOperator(task_id="report", bash_command="echo report", trigger_rule="all_done")
    gate >> skipped >> report
