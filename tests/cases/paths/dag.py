"""DAGs that are one path: a failure ends all that follows, branches meet again."""
from datetime import datetime

from airflow import DAG
from airflow.operators.bash_operator import BashOperator
from airflow.operators.dummy_operator import DummyOperator
from airflow.operators.python_operator import BranchPythonOperator, PythonOperator, ShortCircuitOperator
from airflow.utils.trigger_rule import TriggerRule

SKIP_LOAD = 'nothing_new'


def count(**context):
    context['ti'].xcom_push(key='day', value=context['ds'])
    return 3


def any_rows(**context):
    return context['ti'].xcom_pull(task_ids='count') > 0


def pick(ds, **_):
    kind = 'full' if ds.endswith('01') else 'delta'
    if kind == 'full':
        return 'load_full'
    return 'load_delta' if kind == 'delta' else SKIP_LOAD


def load(kind, **context):
    context['ti'].xcom_push(key='rows', value=len(kind))
    return kind


def summary(**context):
    ti = context['ti']
    print(ti.xcom_pull(task_ids=['load_full', 'load_delta']))
    print(ti.xcom_pull(task_ids='load_full', key='rows'), ti.xcom_pull(task_ids='load_delta', key='rows'))
    return ti.xcom_pull(task_ids='count', key='day')


with DAG('warehouse_load', start_date=datetime(2021, 1, 1), schedule_interval='@daily') as dag:
    counted = PythonOperator(task_id='count', python_callable=count, provide_context=True)
    # no rows, nothing to do
    check = ShortCircuitOperator(task_id='any_rows', python_callable=any_rows, provide_context=True)
    choice = BranchPythonOperator(task_id='pick', python_callable=pick, provide_context=True)
    full = PythonOperator(task_id='load_full', python_callable=load, op_args=['full'], provide_context=True)
    delta = PythonOperator(task_id='load_delta', python_callable=load, op_args=['delta'], provide_context=True)
    vacuum = BashOperator(task_id='vacuum', bash_command='echo vacuum')
    nothing = DummyOperator(task_id=SKIP_LOAD)
    done = PythonOperator(task_id='summary', python_callable=summary, provide_context=True,
                          trigger_rule=TriggerRule.NONE_FAILED_OR_SKIPPED)

    counted >> check >> choice >> [full, delta, nothing]
    full >> vacuum >> done
    [delta, nothing] >> done
    counted >> done  # said twice, in effect


def small_enough():
    return 'ask' if len(SKIP_LOAD) > 100 else 'go'


# One arm is empty, the other one leads past the point where they meet.
with DAG('gate', start_date=datetime(2021, 1, 1), schedule_interval=None) as gate:
    decide = BranchPythonOperator(task_id='decide', python_callable=small_enough)
    ask = BashOperator(task_id='ask', bash_command='echo ask')
    go = DummyOperator(task_id='go', trigger_rule='none_failed')
    decide >> ask >> go
    decide >> go

# A rule on a path that runs a task after a failure: no path.
with DAG('always_down', start_date=datetime(2021, 1, 1), schedule_interval=None) as always_down:
    up = BashOperator(task_id='up', bash_command='echo up')
    down = BashOperator(task_id='down', bash_command='echo down', trigger_rule='all_done')
    up >> down
