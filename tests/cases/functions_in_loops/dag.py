from datetime import datetime
from airflow import DAG
from airflow.operators.python_operator import PythonOperator

dag = DAG('g2', start_date=datetime(2020, 1, 1), schedule_interval=None)
prev = None
for n in range(3):
    def step(number=n, **kwargs):
        print('step', number, kwargs['ds'])
        return number
    t = PythonOperator(task_id='step_%s' % n, python_callable=step, provide_context=True, dag=dag)
    if prev:
        prev >> t
    prev = t
