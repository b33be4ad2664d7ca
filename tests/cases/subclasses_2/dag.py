"""Classes that derive from EmptyOperator: Airflow 2 takes them for done, unless somebody is to be called."""
import pendulum
from airflow import DAG
from airflow.exceptions import AirflowSkipException
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator


class EmptySkipOperator(EmptyOperator):
    def execute(self, context):
        raise AirflowSkipException


def tell(context):
    print('done')


with DAG('subclasses_2', start_date=pendulum.datetime(2020, 1, 1, tz='UTC'), schedule='@daily', catchup=False):
    passed_over = EmptySkipOperator(task_id='passed_over')
    runs = EmptySkipOperator(task_id='runs', on_success_callback=tell)
    first = EmptyOperator(task_id='first')
    second = EmptyOperator(task_id='second')
    passed_over >> first
    runs >> second
