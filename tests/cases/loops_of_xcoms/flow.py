"""XComs between the tasks that a loop makes, by ids that callables and templates compute."""
import os
import sys

from prefect import flow, task
from prefect_shell import ShellOperation

from airflow_rules import submit

TABLES = ['orders', 'users']
DAYS = os.environ.get('DAYS', 'mon,tue').split(',')


@task
def extract(table):
    xcoms = {}
    xcoms["path"] = '/tmp/' + table
    return xcoms | {"return_value": len(table)}


@task
def load(name, extract):
    path = extract["path"]
    rows = extract["return_value"]
    print(path, rows)
    return [path, rows]


@task
def first(extract_orders):
    return extract_orders["return_value"]


@task(name="both")
def both(a, b, extract_orders, extract_users):
    return [extract_orders["return_value"], extract_users["return_value"]]


@task
def show(extract):
    ShellOperation(commands=[f"echo {extract['path']}"]).run()


@task(name="done")
def done(load_users):
    ShellOperation(commands=[f"echo {load_users}"]).run()


@task
def running_show(load):
    ShellOperation(commands=[f"echo {load}"]).run()


@task
def a(day):
    return (ShellOperation(commands=[f"echo {day}"]).run() or [""])[-1]


@task
def b(a):
    return ShellOperation(commands=[f"echo {a}"]).run()[-1]


@task
def sub_ended():
    """The tasks of the sub-DAG have ended."""


@flow(name="static", log_prints=True)
def static():
    loadeds = []
    shows = []
    for table in TABLES:
        extracted = extract.with_options(name=f"extract_{table}").submit(table)
        loaded = load.with_options(name=f"load_{table}").submit(name=table, extract=extracted)
        loadeds.append(loaded)
        show_run = show.with_options(name=f"show_{table}").submit(extracted, wait_for=[loaded])
        shows.append(show_run)
    done_run = done.submit(loadeds[1], wait_for=shows)
    return [done_run]


@flow(name="across", log_prints=True)
def across():
    extracted = extract.with_options(name="extract_orders").submit("orders")
    extracted_users = extract.with_options(name="extract_users").submit("users")
    taken = first.with_options(name="first_orders").submit(extracted)
    first_users_run = submit(first.with_options(name="first_users"), extracted, after=[extracted_users])
    pair = both.submit("orders", "users", extracted, extracted_users, wait_for=[taken, first_users_run])
    return [pair]


def week(day, after):
    a_run = a.with_options(name=f"{day}.a").submit(day, wait_for=after)
    b_run = b.with_options(name=f"{day}.b").submit(a_run)
    return sub_ended.with_options(name=day).submit(wait_for=[b_run])


@flow(name="running", log_prints=True)
def running():
    subs = []
    for day in DAYS:
        extracted = extract.with_options(name=f"extract_{day}").submit(day)
        loaded = load.with_options(name=f"load_{day}").submit(name=day, extract=extracted)
        show_run = running_show.with_options(name=f"show_{day}").submit(loaded)
        sub = week(day, after=[show_run])
        subs.append(sub)
    return subs


if __name__ == "__main__":
    states = [each(return_state=True) for each in (static, across, running)]
    sys.exit(not all(state.is_completed() for state in states))
