from airflow import DAG
from airflow.operators.python_operator import PythonOperator, BranchPythonOperator
from airflow.operators.dummy_operator import DummyOperator
from airflow.contrib.operators.bigquery_operator import BigQueryOperator
from airflow.utils.trigger_rule import TriggerRule
import datetime as dt

default_args = dict(owner='me', start_date=dt.datetime(2019, 1, 1), depends_on_past=True)

TABLES = {'users': 'SELECT 1', 'orders': 'SELECT 2'}


def create_task(dag, name, fn, **kw):
    return PythonOperator(task_id='do_' + name, python_callable=fn, op_kwargs=kw, dag=dag)


def work(table, size=10):
    print(table, size)


def build(name, tables):
    with DAG('build_{}'.format(name), default_args=default_args, schedule_interval='0 4 * * *') as dag:
        def inner(**context):
            print(name, context['ds'])

        begin = DummyOperator(task_id='begin')
        finish = DummyOperator(task_id='finish', trigger_rule=TriggerRule.ALL_DONE)
        closure = PythonOperator(task_id='closure', python_callable=inner, provide_context=True)
        for t, sql in tables.items():
            q = BigQueryOperator(task_id='bq_%s' % t, sql=sql, use_legacy_sql=False)
            w = create_task(dag, t, work, table=t)
            begin >> q >> w >> finish
        begin >> closure >> finish
    return dag


dag_a = build('a', TABLES)
dag_b = build('b', {'users': 'SELECT 3'})
