from prefect import flow, task
from prefect.runtime import flow_run
import sys
from datetime import datetime, timedelta, timezone
import time, random

from airflow_resume import SAME_DATE


@task(name="a", cache_policy=SAME_DATE)
def a(ds, execution_date, run_id=None, *, next_execution_date, task_id, task_instance_key_str):
    xcoms = {}
    x = next_execution_date
    print(execution_date, execution_date, task_id, task_instance_key_str)
    if execution_date.minute == 0:
        xcoms["hour"] = True
        return xcoms
    return xcoms | {"return_value": {'ds': ds, 'next': x.isoformat()}}

@task(name="b", cache_policy=SAME_DATE)
def b(a):
    v = a.get("return_value")
    hour = a.get("hour")
    return (v or {}).get('ds'), hour

@task(name="c", cache_policy=SAME_DATE)
def c(b, logical_date):
    data = b
    try:
        first = data[0]
    except Exception as e:
        raise ValueError('bad') from e
    else:
        if first:
            return first
        elif hour_of(logical_date):
            return None
    finally:
        print('done')

def hour_of(d): return d.hour

class Report:
    @staticmethod
    def make(ds):
        return 'report ' + ds

    @classmethod
    def other(cls, c):
        return c


d = task(Report.make, name="d", cache_policy=SAME_DATE)


e = task(Report.other, name="e", cache_policy=SAME_DATE)


@task(name="f", cache_policy=SAME_DATE)
def f(ds, d):
    return ds, d


@flow(name="b2", log_prints=True)
def b2(logical_date: datetime | None = None):
    """logical_date: start of the interval to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(minutes=10)
    logical_date = logical_date.replace(tzinfo=logical_date.tzinfo or timezone.utc)
    ds = f"{logical_date:%Y-%m-%d}"
    run_id = flow_run.id
    next_execution_date = logical_date + timedelta(minutes=10)
    ds_nodash = f"{logical_date:%Y%m%d}"

    t_a = a.submit(
        ds,
        logical_date,
        run_id,
        next_execution_date=next_execution_date,
        task_id="a",
        task_instance_key_str=f"b2__a__{ds_nodash}",
    )
    t_b = b.submit(t_a)
    t_c = c.submit(t_b, logical_date)
    t_d = d.submit(ds, wait_for=[t_c])
    t_e = e.submit(t_c)
    t_f = f.submit(ds, t_d, wait_for=[t_e])
    return [t_f]


if __name__ == "__main__":
    sys.exit(not b2(return_state=True).is_completed())
