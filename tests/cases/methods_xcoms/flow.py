"""XComs in methods: of one object they are arguments; where several objects have the method, it is written once and cannot have them."""
import sys
from datetime import datetime, timedelta

from prefect import flow, task
from prefect.runtime import flow_run


class Pipeline:
    def __init__(self, city="Kyiv"):
        self.city = city

    def extract(self, ds):
        xcoms = {}
        xcoms["city"] = self.city
        return xcoms | {"return_value": [1, ds]}

    def transform(self, extract):
        return [extract["city"], len(extract["return_value"])]

    def load(self, transform):
        print(self.city, transform)

    def shared(self, transform):
        return transform

    def handed(self, ti):
        return self.look(ti)

    def look(self, ti):
        return ti.xcom_pull(task_ids="transform")


pipeline = Pipeline()
other = Pipeline("Lviv")


extract_task = task(pipeline.extract, name="extract")


transform_task = task(pipeline.transform, name="transform")


load_task = task(pipeline.load, name="load")


@task(name="one")
def one():
    # PythonOperator(task_id="one", python_callable=pipeline.shared)
    raise NotImplementedError("A2P423: an XCom that cannot be resolved: an XCom in a method of several objects: shared")


two = task(other.shared, name="two")


@task(name="handed")
def methods_xcoms_handed():
    # PythonOperator(task_id="handed", python_callable=other.handed)
    raise NotImplementedError("A2P423: an XCom that cannot be resolved: what handed hands its task instance to")


@flow(name="methods_xcoms", log_prints=True)
def methods_xcoms(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    extracted = extract_task.submit(ds)
    transformed = transform_task.submit(extracted)
    loaded = load_task.submit(transformed)
    one_run = one.submit(wait_for=[transformed])
    two_run = two.submit(transformed)
    handed_run = methods_xcoms_handed.submit(wait_for=[transformed])
    return [loaded, one_run, two_run, handed_run]


if __name__ == "__main__":
    sys.exit(not methods_xcoms(return_state=True).is_completed())
