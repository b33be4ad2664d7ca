"""Variables read where tasks are made: in arguments, retries, pools, loops."""
from datetime import datetime, timedelta

from airflow import DAG, models
from airflow.models import Variable
from airflow.operators.bash_operator import BashOperator
from airflow.operators.python_operator import PythonOperator

args = {'retries': int(Variable.get('Retries', 1)), 'retry_delay': timedelta(minutes=int(Variable.get('delay', default_var=5)))}

with DAG('inline', default_args=args, schedule_interval=None, start_date=datetime(2020, 1, 1)) as inline:
    e = PythonOperator(task_id='e', python_callable=print, op_args=[Variable.get('My-Name'), models.Variable.get('config', deserialize_json=True)['a']])
    f = BashOperator(task_id='f', bash_command='echo %s {{ ds }}' % Variable.get('region'), env={'A': Variable.get('b', 'c')}, pool=Variable.get('pool'))
    for table in Variable.get('tables', deserialize_json=True):
        e >> f >> BashOperator(task_id='load_' + table, bash_command='echo ' + table)
