"""Operators of the file's own that lean on Airflow: their tasks raise, and say why."""
from datetime import datetime

from airflow import DAG
from airflow.hooks.postgres_hook import PostgresHook
from airflow.models import BaseOperator, SkipMixin
from airflow.operators.bash_operator import BashOperator


class Query(BaseOperator):
    def execute(self, context):
        return PostgresHook('db').get_records('select 1')


class Defaults(BaseOperator):
    template_fields = ('sql',)

    def __init__(self, sql=None, *args, **kwargs):
        super().__init__(retries=3, *args, **kwargs)
        self.sql = sql or 'select {{ ds }}'

    def execute(self, context):
        return self.sql


class Neighbours(BaseOperator, SkipMixin):
    def execute(self, context):
        self.skip(context['dag_run'], context['execution_date'], self.downstream_list)


class Shell(BashOperator):
    def execute(self, context):
        return super().execute(context)


class Plain(BaseOperator):
    def __init__(self, path, *args, **kwargs):
        self.path = path
        super().__init__(*args, **kwargs)

    def execute(self, context):
        self._report(context)
        return self.path

    def _report(self, context):
        print(self.path, context['ds'])


with DAG('custom_operators_gaps', start_date=datetime(2020, 1, 1), schedule_interval='@daily') as dag:
    Query(task_id='query')
    Defaults(task_id='defaults')
    Neighbours(task_id='neighbours')
    Shell(task_id='shell', bash_command='echo')
    Plain(task_id='plain', path='/{{ ds }}')
