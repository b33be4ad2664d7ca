import os
from datetime import datetime, timedelta
from airflow import DAG
from airflow.operators.bash_operator import BashOperator
from airflow.operators.python_operator import PythonOperator
from airflow.operators.dummy_operator import DummyOperator

cfg = {"a": {"sql": "select a", "n": 1, "deps": []}, "b": {"sql": "select b {{ ds }}", "n": 2, "deps": ["a"]}, "c": {"sql": "x", "n": 3, "deps": ["a", "b"]}}
TPL = "echo {sql} {n} {{{{ ds }}}} {when}"
when = os.environ.get("WHEN", "now")
STEPS = [("x", 10), ("y", 20)]
SKIP = os.environ.get("SKIP", "y")

def show(name, size=0, **kwargs):
    print(name, size, kwargs["ds"])
    return "%s-%s" % (name, size)

def late():
    return name

args = {"owner": "x", "start_date": datetime(2021, 1, 1)}
dag = DAG("dynamic_left_passes", default_args=args, schedule_interval="@daily", catchup=False)
tasks = {}
for name, c in sorted(cfg.items()):
    tasks[name] = BashOperator(task_id="sql_%s" % name, bash_command=TPL.format(when=when, **{"sql": c["sql"], "n": c["n"]}), dag=dag)
for name, c in cfg.items():
    for d in c["deps"]:
        tasks[d] >> tasks[name]

fns = []
for s, size in STEPS:
    fns.append(PythonOperator(task_id=f"show_{s}", python_callable=show, op_args=[s], op_kwargs=dict(size=size * 2), provide_context=True, dag=dag))

for s, size in STEPS:
    if s == SKIP:
        continue
    BashOperator(task_id="cont_" + s, bash_command=f"echo {s} {size:04d} {{{{ ds }}}}", dag=dag) >> fns[0]

for i in range(int(os.environ.get("N", "3"))):
    BashOperator(task_id="n%d" % i, bash_command="echo %d of {{ ds }}" % (i + 1), dag=dag).set_downstream(fns)

push = BashOperator(task_id="push", bash_command="echo 1; echo two", xcom_push=True, dag=dag)
pull = BashOperator(task_id="pull", bash_command='echo "{{ ti.xcom_pull(task_ids=\'push\') }}" {{ task.task_id }} {{ dag.dag_id }} {{ task_instance.try_number }}', dag=dag)
push >> pull
last = [DummyOperator(task_id="last_" + k, dag=dag) for k in cfg if cfg[k]["n"] > 1]
pull >> last
