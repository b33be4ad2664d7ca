from airflow import DAG
from airflow.operators.python_operator import PythonOperator
from datetime import datetime
import time, random

dag = DAG('b2', schedule_interval='*/10 * * * *', start_date=datetime(2020,1,1), catchup=False,
          default_args={'provide_context': True, 'retries': 0})

def a(ds, execution_date, ti, dag_run, run_id=None, **ctx):
    x = ctx['next_execution_date']
    print(dag_run.execution_date, ti.execution_date, ti.task_id, ctx['task_instance_key_str'])
    if execution_date.minute == 0:
        ti.xcom_push('hour', True)
        return
    return {'ds': ds, 'next': x.isoformat()}

def b(**context):
    ti = context['ti']
    v = ti.xcom_pull(task_ids='a')
    hour = ti.xcom_pull(key='hour', task_ids='a')
    return (v or {}).get('ds'), hour

def c(**context):
    data = context['ti'].xcom_pull(task_ids='b')
    try:
        first = data[0]
    except Exception as e:
        raise ValueError('bad') from e
    else:
        if first:
            return first
        elif hour_of(context['execution_date']):
            return None
    finally:
        print('done')

def hour_of(d): return d.hour

class Report:
    @staticmethod
    def make(ds, **kw):
        return 'report ' + ds

    @classmethod
    def other(cls, ti=None, **kw):
        return ti.xcom_pull(task_ids='c')

t_a = PythonOperator(task_id='a', python_callable=a, dag=dag)
t_b = PythonOperator(task_id='b', python_callable=b, dag=dag)
t_c = PythonOperator(task_id='c', python_callable=c, dag=dag)
t_d = PythonOperator(task_id='d', python_callable=Report.make, dag=dag)
t_e = PythonOperator(task_id='e', python_callable=Report.other, dag=dag)
t_f = PythonOperator(task_id='f', python_callable=lambda ds, ti, **kw: (ds, ti.xcom_pull(task_ids='d')), dag=dag)
t_a >> t_b >> t_c >> [t_d, t_e] >> t_f
