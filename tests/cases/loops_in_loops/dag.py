from datetime import datetime
from airflow import DAG
from airflow.operators.dummy_operator import DummyOperator
from airflow.operators.bash_operator import BashOperator
CONFIG = {'one': 1, 'six': 2}
args = {'owner': 'me', 'start_date': datetime(2021, 1, 1)}
with DAG('made_up', default_args=args, schedule_interval='@daily') as dag:
    t1 = DummyOperator(task_id='t1', dag=dag)
    for a, b in zip('ab', 'xy'):
        list9 = [BashOperator(task_id='list9_%s_%s' % (a, k), bash_command='echo %s' % a, dag=dag) for k, v in CONFIG.items()]
        for t in list9:
            t1 >> t
        t10 = DummyOperator(task_id='t10_' + str(a), dag=dag)
        list9 >> t10
