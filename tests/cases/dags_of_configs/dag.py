"""DAGs of a list of configurations: what comes of these is written, not they; a pull named by a parameter."""
from datetime import datetime

from airflow import DAG
from airflow.operators.dummy_operator import DummyOperator
from airflow.operators.python_operator import PythonOperator


def send(job_id, path, **kwargs):
    return [job_id, path]


def fetch(number, **kwargs):
    return '/tmp/%s' % number


def create_dag(dag_id, config):
    with DAG(dag_id, default_args={'start_date': datetime(2020, 1, 1)}, schedule_interval='0 3 * * *', catchup=False) as dag:
        start = DummyOperator(task_id='start')
        fetched = PythonOperator(
            task_id=f"fetch_{config['job_id']}",
            python_callable=fetch,
            op_kwargs={'number': config['number']},
            provide_context=True,
        )
        sent = PythonOperator(
            task_id=f"send_{config['job_id']}",
            python_callable=send,
            op_kwargs={'job_id': config['job_id'], 'path': "{{ task_instance.xcom_pull(task_ids=params.upstream) }}"},
            params={'upstream': f"fetch_{config['job_id']}"},
            provide_context=True,
        )
        start >> fetched >> sent
    return dag


# The jobs of each market.
CONFIGS = [{'job_id': 'jpn', 'number': '2', 'countries': ['JPN']}, {'job_id': 'kor', 'number': '3', 'countries': []}]

for config in CONFIGS:
    dag_id = f"jobs_of_{config['job_id']}"
    globals()[dag_id] = create_dag(dag_id, config)
