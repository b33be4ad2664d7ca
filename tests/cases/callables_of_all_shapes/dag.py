from airflow import DAG
from airflow.operators.python_operator import PythonOperator
from datetime import datetime, timedelta

class Config:
    NAME = 'cfg'
    RETRIES = 2

def get_default_args(owner='x', **extra):
    args = {'owner': owner, 'retries': Config.RETRIES, 'retry_delay': timedelta(minutes=1)}
    args.update(extra)
    return args

def task_a(**kwargs):
    """Docstring only."""
    kwargs['ti'].xcom_push(key='a', value=1)

def task_b(x, y=2, *args, z=3, **kwargs):
    ti = kwargs['ti']
    val = ti.xcom_pull(task_ids='task_a', key='a')
    kwargs['ti'].xcom_push(key='b', value={'x': x, 'v': val,
                                            'ds': kwargs['ds']})
    if x:
        return
    for i in range(3):
        if i:
            return i

def task_c(execution_date, **kwargs):
    d = kwargs['ti'].xcom_pull(task_ids='task_b', key='b')
    with open('/dev/null') as f:
        return [d['v'], execution_date.strftime('%Y')]

def task_d(**kwargs): return kwargs['ds']

async def nope(): pass

with DAG(dag_id=Config.NAME, default_args=get_default_args(start_date=datetime(2020, 1, 1)), schedule_interval='0 12 * * MON', catchup=False) as dag:
    a = PythonOperator(task_id='task_a', python_callable=task_a, provide_context=True)
    b = PythonOperator(task_id='task_b', python_callable=task_b, provide_context=True, op_args=[0])
    c = PythonOperator(task_id='task_c', python_callable=task_c, provide_context=True)
    d = PythonOperator(task_id='task_d', python_callable=task_d, provide_context=True)
    a.set_downstream([b])
    b.set_downstream(c)
    d.set_upstream(c)
