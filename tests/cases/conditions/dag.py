import os
from datetime import datetime, timedelta
from airflow import DAG
from airflow.models import Variable
from airflow.operators.bash_operator import BashOperator
from airflow.operators.python_operator import PythonOperator

ENV = os.environ.get("ENV", "dev")
tables = ["a", "b"]
if ENV == "prod":
    schedule = "@daily"
    retries = 3
    bucket = "prod-bucket"
    tables.append("c")
else:
    schedule = None
    retries = 0
    bucket = "dev-bucket"

try:
    import simplejson
    limit = 5
except ImportError:
    limit = 6

def f(x, limit=limit):
    print(x, bucket)

with DAG("conditions", start_date=datetime(2021, 1, 1), schedule_interval=schedule, default_args={"retries": retries}) as dag:
    t1 = BashOperator(task_id="t1", bash_command="echo " + bucket)
    t3 = PythonOperator(task_id="t3", python_callable=f, op_kwargs={"x": bucket})
    for t in tables:
        BashOperator(task_id="l_" + t, bash_command="echo " + t, retries=2 if t == "a" else 1) >> t3
    for n in (1, 2):
        BashOperator(task_id="r_%s" % n, bash_command="echo {{ ds }}", retries=n) >> t3
    for t, sched in {"x": "echo {{ ds }} x", "y": "echo y"}.items():
        BashOperator(task_id="sh_" + t, bash_command=sched) >> t3


def where(env):
    if env == "prod":
        return "/prod"
    return "/dev"


HOME = where(os.environ.get("ENV"))
counted = 0
names = []
for name in sorted(os.environ):
    counted += 1
    if name in ("PATH", "NO_SUCH_NAME"):
        names.append(name)

with dag:
    if HOME == "/prod":
        cmd = "echo {{ ts }}"
    elif ENV == "none":
        cmd = "echo none"
    else:
        cmd = "echo {{ ds }}"
    first = BashOperator(task_id="first", bash_command=cmd)
    for name in names:
        BashOperator(task_id="n_" + name, bash_command="echo " + name + " " + HOME) >> first
