from datetime import datetime
from airflow import DAG
from airflow.operators.python_operator import PythonOperator
from airflow.models import Variable
import json

config = Variable.get('my_config', deserialize_json=True)
ENV = Variable.get('env', default_var='dev')


class Runner(object):
    def __init__(self, **context):
        self.context = context

    def run(self):
        return self.context['ti'].xcom_pull(task_ids='first')


def first(ds, ds_nodash, **kw):
    print(ds, ds_nodash, kw['params'])
    return json.dumps({'d': ds})


def second(**context):
    runner = Runner(**context)
    return runner.run()


def third(*args, **kwargs):
    print(args)
    print(kwargs['execution_date'] if 'execution_date' in kwargs else None)
    for key in kwargs:
        print(key)


def fourth():
    return Variable.get('x')


dag = DAG('variables', description='uses ' + ENV, schedule_interval='@daily', start_date=datetime(2020, 1, 1), params={'a': 1})
a = PythonOperator(task_id='first', python_callable=first, provide_context=True, dag=dag)
b = PythonOperator(task_id='second', python_callable=second, provide_context=True, dag=dag)
c = PythonOperator(task_id='third', python_callable=third, provide_context=True, op_args=[1, 2], dag=dag)
d = PythonOperator(task_id='fourth', python_callable=fourth, dag=dag)
a >> b >> c >> d
