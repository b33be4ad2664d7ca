from datetime import datetime

from airflow import DAG
from airflow.operators.bash_operator import BashOperator
from airflow.operators.python_operator import PythonOperator


def flow(task):
    return task


def print_it(x):
    print(x)


with DAG('class', start_date=datetime(2020, 1, 1), schedule_interval=None, description='quotes " and \\ and {{ ds }}') as dag:
    a = BashOperator(task_id='import', bash_command="echo '\"\"\"' \"'''\" \\\\ %s {x}")
    b = BashOperator(task_id='2nd.task-é', bash_command='echo ünï {{ ds }} "{{ \'q\' }}"')
    c = PythonOperator(task_id='class', python_callable=flow, op_args=["it's\n{{ ds }}"])
    task = PythonOperator(task_id='task', python_callable=print_it, op_args=['x'])
    print_ = PythonOperator(task_id='print', python_callable=print_it, op_args=['y'])
    same = PythonOperator(task_id='flow', python_callable=print_it, op_args=['z'])
    a >> [b, c] >> task >> print_ >> same
