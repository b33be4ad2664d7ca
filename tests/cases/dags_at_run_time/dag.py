"""As many DAGs as a file has entries."""
import json
from datetime import datetime

from airflow import DAG
from airflow.operators.bash_operator import BashOperator


def dag_of(dag_id, tables, schedule):
    made = DAG(dag_id, start_date=datetime(2020, 1, 1), schedule_interval=schedule, default_args={'retries': 1})
    with made:
        first = BashOperator(task_id='begin', bash_command='echo {{ dag.dag_id }}')
        for table in tables:
            first >> BashOperator(task_id='export_' + table, bash_command='echo %s {{ ds }}' % table)
    return made


with open('dags.json') as handle:
    EXPORTS = json.load(handle)

# as many DAGs as the file has entries
for name, settings in EXPORTS.items():
    dag_id = 'export_{}'.format(name)
    globals()[dag_id] = dag_of(dag_id, settings['tables'], settings.get('schedule', '@daily'))
