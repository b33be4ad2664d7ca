import json
import os
import sys
from datetime import datetime

from prefect import flow, task

from airflow_resume import SAME_DATE
from airflow_variables import (
    delete_variable, set_variable as airflow_set_variable, variable as airflow_variable, variable_or_set
)

REGION = os.environ.get('REGION', 'Eu')


def answer(function):
    try:
        return function()
    except Exception as error:
        return type(error).__name__


@task(name="probe", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def probe():
    found = []
    airflow_set_variable('probe_text', 'some text')
    found.append(airflow_variable('probe_text'))
    found.append(airflow_variable('probe_text', 'other'))
    airflow_set_variable(name='probe_text', value={'a': [1, None]}, as_json=True)
    found.append(airflow_variable('probe_text'))
    found.append(airflow_variable('probe_text', as_json=True)['a'])
    found.append(airflow_variable('probe_text', None, as_json=True))
    airflow_set_variable('probe_text', 12)
    found.append([airflow_variable('probe_text'), airflow_variable('probe_text', as_json=True)])
    airflow_set_variable('probe_text', None)
    found.append(airflow_variable('probe_text'))
    for part in ('One', 'Two'):
        airflow_set_variable('probe %s %s' % (REGION, part), part)
    found += [airflow_variable(f'probe {REGION} {part}', default='none') for part in ('One', 'Two', 'Three')]
    found.append(airflow_variable(name='probe_missing', default=None))
    found.append(answer(lambda: airflow_variable('probe_missing')))
    found.append(answer(lambda: airflow_variable('probe_text', as_json=True)))
    found.append(variable_or_set('probe_default', [1, 2], as_json=True))
    found.append(variable_or_set('probe_default', 'unused', as_json=True))
    found.append(airflow_variable('probe_default'))
    found.append(answer(lambda: variable_or_set('probe_none', None)))
    delete_variable('probe_default')
    delete_variable('probe_never')
    found.append(airflow_variable('probe_default', default='gone'))
    name = 'Probe-Text'
    delete_variable(name)
    found.append(airflow_variable(name, airflow_variable('probe %s One' % REGION)))
    for part in ('One', 'Two'):
        delete_variable(f'probe {REGION} {part}')
    print(json.dumps(found))
    return found


@task(name="set_variable", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def set_variable():
    for variable in ('probe_own',):
        airflow_set_variable(variable, 'x')
        print(airflow_variable(variable))
        delete_variable(variable)


@flow(name="variables_in_code", log_prints=True)
def variables_in_code(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    probe_run = probe.submit()
    set_variable_run = set_variable.submit()
    return [probe_run, set_variable_run]


if __name__ == "__main__":
    sys.exit(not variables_in_code(return_state=True).is_completed())
