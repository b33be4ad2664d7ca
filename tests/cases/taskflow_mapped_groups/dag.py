from datetime import datetime
from airflow.decorators import dag, task, task_group
from airflow.operators.bash import BashOperator

@dag(schedule="@daily", start_date=datetime(2024, 1, 1), catchup=False)
def groups_mapped():
    @task
    def names():
        return ["a", "b", "c"]

    @task
    def none():
        return []

    @task
    def first(v):
        return f"{v}1"

    @task
    def second(v, w):
        return v + w

    # A file: read, then write.
    @task_group
    def per_file(name, suffix="x"):
        """Reads and writes a file."""
        return second(first(name), suffix)

    @task_group
    def product_of(a, b):
        @task
        def add(a, b):
            return a + b
        @task
        def show(n):
            print(n)
        show(add(a, b))

    @task
    def collect(vs):
        return sorted(vs)

    @task(trigger_rule="all_done")
    def always(vs=None):
        return "always"

    done = per_file.partial(suffix="!").expand(name=names())
    collect(done)
    nothing = per_file.override(group_id="nothing").expand(name=none())
    collect.override(task_id="collect_nothing")(nothing)
    nothing >> always()
    product_of.expand(a=[1, 2], b=[10, 20]) >> BashOperator(task_id="end", bash_command="echo end")
    per_file.override(group_id="kw").expand_kwargs([{"name": "x", "suffix": "1"}, {"name": "y", "suffix": "2"}])

groups_mapped()
