"""Templates that are put together: Jinja among the arguments of formatting, in names, in parts of parts."""
import os
from datetime import datetime

from airflow import DAG
from airflow.operators.bash_operator import BashOperator
from airflow.operators.python_operator import PythonOperator

BASE = os.environ.get('NO_SUCH_BASE', '/data')
PATH = os.path.join(BASE, '{{ ds }}')
TABLES = [{'name': 'users', 'n': 1}, {'name': 'orders', 'n': 2}]


def tell(path, **kwargs):
    return path


def look(**kwargs):
    return kwargs['templates_dict']['paths']


with DAG('formatted_templates', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False) as dag:
    for table in TABLES:
        key = 'raw/{0}_{1}.json'.format(table['name'], '{{ ts_nodash }}')
        looked = PythonOperator(task_id='look_%s' % table['name'], python_callable=look, provide_context=True,
                                templates_dict={'paths': [key, 'x/%s/%s' % (table['name'], '{{ ds }}')]})
        told = PythonOperator(task_id='tell_%s' % table['name'], python_callable=tell, provide_context=True,
                              op_kwargs={'path': '{dir}/{day}/{n}'.format(dir=BASE, day='{{ ds_nodash }}', n=str(table['n']))})
        echoed = BashOperator(task_id='echo_%s' % table['name'], bash_command='echo {0} {1}'.format(table['name'], '{{ ds }}'))
        looked >> told >> echoed
    inner = f'in/{BASE}/{{{{ ds }}}}'
    whole = PythonOperator(task_id='whole', python_callable=tell, provide_context=True, op_args=[inner + '.csv'])
    joined = PythonOperator(task_id='joined', python_callable=tell, provide_context=True, op_args=[PATH + '/x'])
    nested = PythonOperator(task_id='nested', python_callable=tell, provide_context=True,
                            op_args=['%s-%s' % ('{}/{}'.format(BASE, '{{ ds }}'), str(len(BASE)))])
    whole >> joined >> nested
