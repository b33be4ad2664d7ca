import datetime
import logging
import os

import airflow
from airflow.models import DAG
from airflow.operators.bash_operator import BashOperator
from airflow.operators.python_operator import PythonOperator

log = logging.getLogger(__name__)
PROJECT = os.getenv('PROJECT', 'demo')

args = {
    'owner': 'airflow',
    'start_date': airflow.utils.dates.days_ago(2),
    'retries': 1,
    'retry_delay': datetime.timedelta(minutes=5),
    'email': ['a@b.c'],
    'email_on_failure': True,
}

dag = DAG(dag_id='etl_%s' % PROJECT, default_args=args, schedule_interval=datetime.timedelta(days=1), catchup=False, concurrency=4)
dag.doc_md = """
# Docs

of the DAG
"""


def now():
    return datetime.datetime.utcnow().isoformat()


def extract(**kwargs):
    ti = kwargs.get('ti')
    log.info('started %s', now())
    ti.xcom_push(key='files', value=['a', 'b'])
    return {'count': 2, 'day': kwargs['ds']}


def transform(bucket, **kwargs):
    ti = kwargs['task_instance']
    files = ti.xcom_pull(key='files', task_ids='extract')
    info = ti.xcom_pull(task_ids='extract')
    for f in files:
        log.info('%s/%s', bucket, f)
    if not files:
        return
    return [f.upper() for f in files], info


def load(files, day, **_):
    print(files, day)


t1 = PythonOperator(task_id='extract', python_callable=extract, provide_context=True, dag=dag)
t1.doc_md = 'Extracts *things*.'
t2 = PythonOperator(task_id='transform', python_callable=transform, op_kwargs={'bucket': PROJECT + '-bucket'}, provide_context=True, dag=dag)
t3 = PythonOperator(
    task_id='load', python_callable=load,
    op_kwargs={'files': "{{ ti.xcom_pull(task_ids='transform') }}", 'day': '{{ ds }}'},
    dag=dag)
t4 = BashOperator(task_id='notify', bash_command="echo {{ ti.xcom_pull(task_ids='extract')['count'] }} {{ ti.xcom_pull(task_ids='extract', key='files')[0] }}", dag=dag)
t5 = BashOperator(task_id='script', bash_command='run.sh ', dag=dag)

t1 >> t2
t2 >> [t3, t4]
t5.set_upstream([t3, t4])

if __name__ == "__main__":
    dag.cli()
