"""Sub-DAGs: a factory called twice, XComs and branches inside, one that is chosen or not."""
from datetime import datetime

from airflow import DAG
from airflow.operators.bash_operator import BashOperator
from airflow.operators.dummy_operator import DummyOperator
from airflow.operators.python_operator import BranchPythonOperator, PythonOperator
from airflow.operators.subdag_operator import SubDagOperator

args = {'owner': 'data', 'start_date': datetime(2021, 1, 1)}


def count(table):
    return len(table)


def show(**context):
    print(context['ti'].xcom_pull(task_ids='count'))
    return context['ti'].xcom_pull(task_ids='count')


def load(parent, child, tables):
    """The tables of one region."""
    sub = DAG('%s.%s' % (parent, child), default_args=args, schedule_interval='@daily')
    with sub:
        counted = PythonOperator(task_id='count', python_callable=count, op_args=[tables])
        shown = PythonOperator(task_id='show', python_callable=show, provide_context=True)
        for table in tables:
            counted >> BashOperator(task_id='copy_%s' % table, bash_command='echo %s' % table) >> shown
        # whatever happened
        shown >> BashOperator(task_id='clean', bash_command='echo clean', trigger_rule='all_done')
    return sub


def pick():
    return 'load_eu'


dag = DAG('regions', default_args=args, schedule_interval='@daily')
start = BranchPythonOperator(task_id='start', python_callable=pick, dag=dag)
eu = SubDagOperator(task_id='load_eu', subdag=load('regions', 'load_eu', ['users', 'orders']), dag=dag)
us = SubDagOperator(task_id='load_us', subdag=load('regions', 'load_us', ['users']), dag=dag)
end = DummyOperator(task_id='end', trigger_rule='none_failed', dag=dag)
start >> [eu, us] >> end
