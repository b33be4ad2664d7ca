"""Tasks that a function makes of a module that is not here."""
import sys

from prefect import flow, task
from prefect_shell import ShellOperation
from company.tasks import make_task

from airflow_graph import Graph, add


@task(name="a")
def a_task():
    return ShellOperation(commands=["echo 1"]).run()[-1]


@flow(name="foreign")
def foreign():
    with Graph() as dag:
        a = add(a_task)
        b = make_task("b", dag=dag)
        c = make_task("c")
        a >> b >> c
    return dag.run()


if __name__ == "__main__":
    sys.exit(not foreign(return_state=True).is_completed())
