"""Operators and a sensor of the file's own."""
import os
from datetime import datetime

from airflow import DAG
from airflow.exceptions import AirflowException, AirflowSkipException
from airflow.models import BaseOperator
from airflow.operators.branch_operator import BaseBranchOperator
from airflow.operators.dummy_operator import DummyOperator
from airflow.sensors.base_sensor_operator import BaseSensorOperator
from airflow.utils.decorators import apply_defaults

LIMIT = 3


class Count(BaseOperator):
    """Counts the letters of a text."""

    template_fields = ('text',)
    ui_color = '#fff7e6'

    @apply_defaults
    def __init__(self, text, factor=1, *args, **kwargs):
        super(Count, self).__init__(*args, **kwargs)
        self.text = text
        self.factor = factor  # of the result

    def _count(self):
        return len(self.text) * self.factor

    def execute(self, context):
        self.log.info('counting %s in %s', self.text, self.task_id)
        number = self._count()
        if number < LIMIT:
            raise AirflowException('too few')
        context['ti'].xcom_push(key='day', value=context['ds'])
        return number


class Report(BaseOperator):
    @apply_defaults
    def __init__(self, title,
                 *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.title = title

    def execute(self, context):
        ti = context['ti']
        print(self.title, ti.xcom_pull(task_ids='count'), ti.xcom_pull(task_ids='count', key='day'))
        return '{}: {}'.format(self.title, ti.xcom_pull(task_ids='count'))


class Nothing(BaseOperator):

    def execute(self, context):
        raise AirflowSkipException('as every day')


class FolderSensor(BaseSensorOperator):
    template_fields = ['path']

    @apply_defaults
    def __init__(self, path, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.path = path
        self.seen = 0

    def poke(self, context):
        self.seen += 1
        return self.seen > 1 and os.path.isdir(self.path)


class PickByDay(BaseBranchOperator):
    def choose_branch(self, context):
        if context['execution_date'].weekday() == 6:
            return 'sunday'
        return ['weekday']


default_args = {'start_date': datetime(2020, 1, 1), 'factor': 2}
with DAG('custom_operators', default_args=default_args, schedule_interval='@daily') as dag:
    wait = FolderSensor(task_id='wait', path='/proc/{{ macros.ds_format(ds, "%Y-%m-%d", "self") }}', poke_interval=0.1, timeout=60)
    # letters and digits
    count = Count(task_id='count', text='day {{ ds }}', retries=1)
    more = Count(task_id='more', text='{{ ti.xcom_pull(task_ids="count") }} and more', factor=1)
    report = Report(task_id='report', title='Result of {{ ds }}')
    pick = PickByDay(task_id='pick')
    nothing = Nothing(task_id='nothing')
    wait >> count >> [more, report] >> pick >> [DummyOperator(task_id='sunday'), DummyOperator(task_id='weekday')]
    count >> nothing
