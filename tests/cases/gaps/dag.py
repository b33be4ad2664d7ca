"""What is not converted raises, and the graph around it stays."""
import os
from datetime import datetime

from airflow import DAG
from airflow.contrib.example_dags.libs.helper import print_stuff
from airflow.contrib.sensors.file_sensor import FileSensor
from airflow.hooks.postgres_hook import PostgresHook
from airflow.models import BaseOperator, Variable
from airflow.operators.bash_operator import BashOperator
from airflow.operators.python_operator import PythonOperator

BUCKET = Variable.get('bucket')


class Checksum(BaseOperator):
    def execute(self, context):
        return 1


def read():
    return PostgresHook('db').get_records('select 1')


def local_import():
    from airflow.hooks.hdfs_hook import HDFSHook

    return HDFSHook("x").get_conn()


def bucket():
    return BUCKET


dag = DAG('gaps', start_date=datetime(2020, 1, 1), schedule_interval='@daily')
wait = FileSensor(task_id='wait', filepath='/tmp/x', dag=dag)
check = Checksum(task_id='check', dag=dag)
rows = PythonOperator(task_id='rows', python_callable=read, dag=dag)
http = PythonOperator(task_id='http', python_callable=local_import, dag=dag)
keep = PythonOperator(task_id='bucket', python_callable=bucket, dag=dag)
echo = BashOperator(task_id='echo', bash_command='echo ' + BUCKET, dag=dag)
ok = BashOperator(task_id='ok', bash_command='echo ' + os.sep, dag=dag)
wait >> check >> [rows, http, keep] >> echo
wait >> ok
no_rule = BashOperator(task_id='no_rule', bash_command='echo never', trigger_rule='all_succes', dag=dag)
lent = PythonOperator(task_id='lent', python_callable=print_stuff, dag=dag)
