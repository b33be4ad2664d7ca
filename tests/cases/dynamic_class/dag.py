"""DAGs that a class builds, from settings that classes hold."""
from dataclasses import dataclass, field
from datetime import datetime

from airflow import DAG
from airflow.operators.bash_operator import BashOperator
from airflow.operators.dummy_operator import DummyOperator
from airflow.operators.python_operator import PythonOperator


@dataclass
class Source:
    """Where a table comes from."""
    name: str
    tables: list = field(default_factory=list)
    schedule: str = '@daily'


SOURCES = [
    Source('crm', ['users', 'orders']),
    Source('erp', tables=['items'], schedule='0 4 * * *'),
]


def load(table, mode='full', **context):
    print('loading', table, mode, context['ds'])


class BaseBuilder(object):
    retries = 2

    def __init__(self, dag_id, schedule):
        self.dag = DAG(dag_id, start_date=datetime(2021, 1, 1), schedule_interval=schedule, default_args=self.default_args)

    @property
    def default_args(self):
        return {'owner': 'data', 'retries': self.retries}

    def check(self, name):
        raise NotImplementedError


class LoadBuilder(BaseBuilder):
    """One DAG a source."""

    def __init__(self, source):
        super().__init__('load_' + source.name, source.schedule)
        self.source = source
        self.ends = []

    def check(self, name):
        # fails when nothing came
        return BashOperator(task_id=f'check_{name}', bash_command=f'test -s /data/{self.source.name}/{name}', dag=self.dag)

    def add(self, table):
        task = PythonOperator(
            task_id='load_' + table, python_callable=load, op_kwargs={'table': table}, provide_context=True, dag=self.dag
        )
        task >> self.check(table)
        self.ends.append(task)
        return task

    def build(self):
        # the day begins
        start = DummyOperator(task_id='start', dag=self.dag)
        for table in self.source.tables:
            start >> self.add(table)
        done = DummyOperator(task_id='done', dag=self.dag)
        self.ends >> done
        return self.dag


for source in SOURCES:
    globals()['load_%s' % source.name] = LoadBuilder(source).build()
