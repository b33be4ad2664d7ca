"""Operators that add to Airflow's."""
import time
from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.bash_operator import BashOperator
from airflow.operators.python_operator import PythonOperator
from airflow.exceptions import AirflowException, AirflowSkipException
from airflow.utils.decorators import apply_defaults


class TimedBash(BashOperator):
    """Says how long it took."""

    def execute(self, context):
        started = time.time()
        self.log.info('running %s', self.bash_command)
        result = super(TimedBash, self).execute(context)
        print('took', time.time() - started)
        return result


class Retold(BashOperator):
    @apply_defaults
    def __init__(self, script, prefix='told', *args, **kwargs):
        super(Retold, self).__init__(bash_command='echo ' + script, xcom_push=True, *args, **kwargs)
        self.prefix = prefix

    def execute(self, context):
        line = super().execute(context)
        return '{} {} {}'.format(self.prefix, line, context['ds'])


class Guarded(PythonOperator):
    def __init__(self, tries=1, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.tries = tries

    def execute(self, context):
        try:
            return super().execute(context)
        except ValueError as error:
            raise AirflowSkipException(str(error))


def load(table, limit):
    if limit > 10:
        raise ValueError(table)
    return table + str(limit)


def with_context(table, **kwargs):
    return table + kwargs['ds']


with DAG('derived', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False) as dag:
    a = TimedBash(task_id='a', bash_command='echo {{ ds }}')
    b = TimedBash(task_id='b', bash_command='echo {{ ds }} $X', env={'X': '{{ ds_nodash }}'}, xcom_push=True)
    c = Retold(task_id='c', script='{{ ds }}')
    d = Guarded(task_id='d', python_callable=load, op_args=['x', 5])
    e = Guarded(task_id='e', python_callable=load, op_kwargs={'table': '{{ ds }}', 'limit': 11})
    f = Guarded(task_id='f', python_callable=with_context, op_kwargs={'table': 'x'}, provide_context=True)
    a >> b >> c
    d >> e >> f
