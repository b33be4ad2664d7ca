"""Operators of the file's own that only say what Airflow's are given."""
from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.bash_operator import BashOperator
from airflow.operators.python_operator import PythonOperator
from airflow.utils.decorators import apply_defaults

SCRIPTS = '/opt/scripts'


class ScriptOperator(BashOperator):
    """Runs one of our scripts."""

    ui_color = '#ffe0cc'

    @apply_defaults
    def __init__(self, script, arguments='', owner_team=None, *args, **kwargs):
        command = 'echo {}/{}.py {} {}'.format(SCRIPTS, script, arguments, owner_team)
        super(ScriptOperator, self).__init__(bash_command=command, xcom_push=True, *args, **kwargs)
        self.script = script


class Nightly(ScriptOperator):
    def __init__(self, script, **kwargs):
        kwargs.setdefault('retries', 0)
        kwargs.setdefault('retry_delay', timedelta(minutes=5))
        super().__init__(script=script, arguments='--day {{ ds }} --nightly', **kwargs)


class Load(PythonOperator):
    def __init__(self, table, limit=None, **kwargs):
        if limit is None:
            limit = 100
        super().__init__(python_callable=load, op_kwargs={'table': table, 'limit': limit}, **kwargs)


class Late(PythonOperator):
    def __init__(self, *args, **kwargs):
        PythonOperator.__init__(self, python_callable=load, *args, **kwargs)
        self.op_kwargs = {'table': 'late {{ ds }}', 'limit': 1}


def load(table, limit, **kwargs):
    print(table, limit)
    return table + str(limit)


with DAG('presets', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False, default_args={'owner_team': 'us'}) as dag:
    a = ScriptOperator(task_id='a', script='a')
    b = ScriptOperator(script='b', arguments='--all', task_id='b', retries=1, retry_delay=timedelta(seconds=0))
    c = Nightly(task_id='c', script='c')
    for table in ('x', 'y'):
        c >> Load(task_id='load_' + table, table=table)
    d = Load(task_id='d', table='z', limit=5, provide_context=True)
    a >> b >> c
    d >> Late(task_id='late')
