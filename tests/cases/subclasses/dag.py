"""Classes of the file that derive from operators which do something, or nothing."""
from datetime import datetime

from airflow import DAG
from airflow.exceptions import AirflowSkipException
from airflow.models import BaseOperator
from airflow.operators.bash_operator import BashOperator
from airflow.operators.dummy_operator import DummyOperator
from airflow.operators.python_operator import PythonOperator
from airflow.utils.decorators import apply_defaults


class SkippingOperator(DummyOperator):
    ui_color = '#e8b7e4'

    def execute(self, context):
        raise AirflowSkipException


class Milestone(DummyOperator):
    """Shows in the graph where one part ends."""

    @apply_defaults
    def __init__(self, note, *args, **kwargs):
        super(Milestone, self).__init__(*args, **kwargs)
        self.note = note


class Say(BaseOperator):
    def __init__(self, task_id, text, dag=None, owner='me', *args, **kwargs):
        super().__init__(task_id=task_id, dag=dag, owner=owner, *args, **kwargs)
        self.text = text

    def execute(self, context):
        print(self.task_id, self.text)
        return self.text


class SayWithId(BaseOperator):
    def __init__(self, task_id, text, **kwargs):
        super().__init__(task_id=task_id, **kwargs)
        self.text = '{} says {}'.format(task_id, text)

    def execute(self, context):
        return self.text


class ColouredBash(BashOperator):
    """Only another colour."""
    ui_color = '#ffe0cc'


class SqlPython(PythonOperator):
    template_ext = ('.sql',)


def show(day):
    print(day)
    return day


with DAG('subclasses', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False) as dag:
    first = Say(task_id='first', text='hello')
    second = SayWithId(task_id='second', text='hello')
    skip = SkippingOperator(task_id='skip')
    kept = DummyOperator(task_id='kept')
    after_all = DummyOperator(task_id='after_all')
    after_one = Milestone(task_id='after_one', note='one is enough', trigger_rule='one_success')
    shell = ColouredBash(task_id='shell', bash_command='echo {{ ds }}', xcom_push=True)
    python = SqlPython(task_id='python', python_callable=show, op_kwargs={'day': '{{ ds }}'})

    first >> second >> [skip, kept]
    [skip, kept] >> after_all
    [skip, kept] >> after_one >> [shell, python]
