"""Every way to say what comes before what."""
import sys
from datetime import datetime

from prefect import flow, task


@task(name="a")
def a():
    pass


@task(name="b")
def b():
    pass


@task(name="c")
def c():
    pass


@task(name="d")
def d():
    pass


@task(name="h")
def h():
    pass


@task(name="e")
def e():
    pass


@task(name="i")
def i():
    pass


@task(name="f")
def f():
    pass


@task(name="g")
def g():
    pass


@flow(name="edges")
def edges(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    a_run = a.submit()
    b_run = b.submit(wait_for=[a_run])
    c_run = c.submit(wait_for=[a_run])
    d_run = d.submit(wait_for=[b_run, c_run])
    h_run = h.submit(wait_for=[a_run, b_run, c_run])
    e_run = e.submit(wait_for=[d_run])
    i_run = i.submit(wait_for=[h_run])
    f_run = f.submit(wait_for=[d_run, e_run])
    g_run = g.submit(wait_for=[f_run])
    return [i_run, g_run]


if __name__ == "__main__":
    sys.exit(not edges(return_state=True).is_completed())
