import os
from datetime import datetime
from airflow import DAG
from airflow.operators.bash_operator import BashOperator
from airflow.operators.python_operator import PythonOperator

ENV = os.environ.get("ENV", "dev")
CMD = "echo {{ ds }} in " + ENV
cmds = {"a": "echo a {{ ds }}", "b": "echo b"}
template = os.environ.get("CMD", "echo {{ ds_nodash }}")

def f(x):
    print(x)

def make(x):
    return "echo {{ ds }} " + x

with DAG("templates_by_name", start_date=datetime(2021, 1, 1), schedule_interval="@daily") as dag:
    t1 = BashOperator(task_id="t1", bash_command=CMD)
    t2 = BashOperator(task_id="t2", bash_command=template)
    t3 = BashOperator(task_id="t3", bash_command=make("q"))
    for n in ("a", "b"):
        BashOperator(task_id="c_" + n, bash_command=cmds[n])
    for n in sorted(os.environ.get("NAMES", "one,two").split(",")):
        BashOperator(task_id="d_" + n, bash_command="echo {{ ds }} " + n)
        BashOperator(task_id="e_" + n, bash_command=make(n))
        PythonOperator(task_id="f_" + n, python_callable=f, op_kwargs={"x": CMD})
    t4 = BashOperator(task_id="t4", bash_command="echo %s {{ ds }}" % ENV)
    t5 = BashOperator(task_id="t5", bash_command=CMD, params={"x": 1})
    t6 = BashOperator(task_id="t6", bash_command="echo {} {{{{ ds }}}}".format(ENV))
    t7 = BashOperator(task_id="t7", bash_command=f"echo {ENV} {{{{ ds }}}}")
    t8 = BashOperator(task_id="t8", bash_command=os.path.join("/bin", "echo") + " {{ ds }}")
