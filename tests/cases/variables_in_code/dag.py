import json
import os
from datetime import datetime

from airflow import DAG
from airflow import models
from airflow.models import Variable
from airflow.operators.python_operator import PythonOperator

REGION = os.environ.get('REGION', 'Eu')


def answer(function):
    try:
        return function()
    except Exception as error:
        return type(error).__name__


def probe():
    found = []
    Variable.set('Probe-Text', 'some text')
    found.append(Variable.get('Probe-Text'))
    found.append(Variable.get('Probe-Text', 'other'))
    Variable.set(key='Probe-Text', value={'a': [1, None]}, serialize_json=True)
    found.append(Variable.get('Probe-Text'))
    found.append(Variable.get('Probe-Text', deserialize_json=True)['a'])
    found.append(Variable.get('Probe-Text', None, True))
    Variable.set('Probe-Text', 12)
    found.append([Variable.get('Probe-Text'), Variable.get('Probe-Text', deserialize_json=True)])
    Variable.set('Probe-Text', None)
    found.append(Variable.get('Probe-Text'))
    for part in ('One', 'Two'):
        Variable.set('probe %s %s' % (REGION, part), part)
    found += [Variable.get(f'probe {REGION} {part}', default_var='none') for part in ('One', 'Two', 'Three')]
    found.append(models.Variable.get(key='probe_missing', default_var=None))
    found.append(answer(lambda: Variable.get('probe_missing')))
    found.append(answer(lambda: Variable.get('Probe-Text', deserialize_json=True)))
    found.append(Variable.setdefault('probe_default', [1, 2], deserialize_json=True))
    found.append(Variable.setdefault('probe_default', 'unused', deserialize_json=True))
    found.append(Variable.get('probe_default'))
    found.append(answer(lambda: Variable.setdefault('probe_none', None)))
    Variable.delete('probe_default')
    Variable.delete('probe_never')
    found.append(Variable.get('probe_default', default_var='gone'))
    name = 'Probe-Text'
    Variable.delete(name)
    found.append(Variable.get(name, Variable.get('probe %s One' % REGION)))
    for part in ('One', 'Two'):
        Variable.delete(f'probe {REGION} {part}')
    print(json.dumps(found))
    return found


def set_variable():
    for variable in ('probe_own',):
        Variable.set(variable, 'x')
        print(Variable.get(variable))
        Variable.delete(variable)


with DAG('variables_in_code', start_date=datetime(2020, 1, 1), schedule_interval='@daily') as dag:
    PythonOperator(task_id='probe', python_callable=probe)
    PythonOperator(task_id='set_variable', python_callable=set_variable)
