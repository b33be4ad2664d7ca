"""Every way to say what comes before what."""
from datetime import datetime

from airflow import DAG
from airflow.operators.dummy_operator import DummyOperator
from airflow.utils.helpers import chain, cross_downstream

dag = DAG('edges', start_date=datetime(2020, 1, 1), schedule_interval='@daily')
a, b, c, d, e, f, g, h, i = [DummyOperator(task_id=name, dag=dag) for name in 'abcdefghi']

a >> [b, c] >> d
e << d
f.set_upstream([d, e])
f.set_downstream(g)
chain(a, h, i)
cross_downstream([b, c], [h])
