"""Tasks mapped over what the file says: `.map`, or a comprehension for several lists."""
from datetime import datetime

from airflow import DAG
from airflow.decorators import task
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator

REGIONS = ["eu", "us"]


@task
def start():
    return 10


@task
def load(region, limit):
    return f"{region}: {limit}"


@task
def add(x, y):
    return x + y


@task
def double(value):
    return 2 * value


@task
def describe(pair):
    return list(pair)


@task
def total(values):
    return sum(values)


@task
def first(values):
    return values[0]


def greet(name, greeting="Hello"):
    return f"{greeting} {name}"


with DAG("mapping", schedule=None, start_date=datetime(2024, 1, 1)) as dag:
    # One run a region.
    loaded = load.partial(limit=start()).expand(region=REGIONS)
    first(loaded)
    total(double.expand(value=add.expand(x=[1, 2], y=[10, 20])))
    describe.expand(pair={"a": 1, "b": 2})
    greetings = PythonOperator.partial(task_id="greetings", python_callable=greet).expand(
        op_kwargs=[{"name": "Ann"}, {"name": "Bob", "greeting": "Dear"}]
    )
    keywords = add.override(task_id="keywords").expand_kwargs([{"x": 1, "y": 2}, {"x": 3, "y": 4}])
    commands = BashOperator.partial(task_id="commands", env={"REGION": "eu"}).expand(
        bash_command=["echo {{ ds }} $REGION", "echo done"]
    )
    [greetings, keywords] >> commands
