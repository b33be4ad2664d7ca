"""A star schema, by operators that a plugin offers under airflow.operators."""
from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators import CheckRowsOperator, FillTableOperator
from airflow.operators.dummy_operator import DummyOperator
from queries import Inserts

dag = DAG('star_schema', default_args={'retries': 3, 'retry_delay': timedelta(minutes=5)}, start_date=datetime(2020, 1, 1), schedule_interval='@hourly', catchup=False)

begin = DummyOperator(task_id='begin', dag=dag)
facts = FillTableOperator(task_id='fill_facts', conn_id='stars', table='facts', sql=Inserts.facts, dag=dag)
dimensions = []
for name in ['users', 'songs']:
    dimensions.append(FillTableOperator(task_id='fill_{}'.format(name), conn_id='stars', table=name, sql=getattr(Inserts, name), empty=True, dag=dag))
checks = CheckRowsOperator(task_id='check', conn_id='stars', tables=['facts', 'users'], dag=dag)

begin >> facts >> dimensions >> checks
