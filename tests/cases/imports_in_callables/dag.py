"""What callables import of Airflow where they need it, and its time zone and configuration modules as 1.10 has them."""
from datetime import datetime

from airflow import DAG, configuration
from airflow.operators.bash_operator import BashOperator
from airflow.operators.python_operator import BranchPythonOperator, PythonOperator
from airflow.utils import timezone

retries = configuration.getint('core', 'no_such_setting', fallback=3)


def choose():
    # Some months are long.
    if timezone.utcnow().year < 2000:
        return 'never'
    return 'read'


def read(**context):
    from airflow.models import Variable

    return Variable.get('no_such_site', default_var='nowhere')


def check(**context):
    from airflow import AirflowException
    from airflow.models import Variable as Setting
    from airflow.utils import timezone as zones
    limit = int(Setting.get('no_such_limit', default_var=10))
    if limit < 0:
        raise AirflowException('no limit')
    since = zones.datetime(2020, 1, 1)
    return [limit, since.isoformat(), zones.parse('2020-03-01').isoformat(), zones.is_naive(since), retries]


with DAG(
    'imports_in_callables',
    default_args={'start_date': timezone.datetime(2020, 1, 1), 'end_date': datetime(2040, 1, 1)},
    schedule_interval='@daily',
    catchup=False,
) as dag:
    chosen = BranchPythonOperator(task_id='choose', python_callable=choose)
    never = BashOperator(task_id='never', bash_command="{% include 'never.sh' %} {{ ds }}")
    value = PythonOperator(task_id='read', python_callable=read, provide_context=True)
    checked = PythonOperator(task_id='check', python_callable=check, provide_context=True)
    chosen >> [never, value]
    value >> checked
