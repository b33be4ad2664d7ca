"""What Airflow 1.10 waits with."""
import os
from datetime import datetime, time, timedelta

from airflow import DAG
from airflow.contrib.sensors.bash_sensor import BashSensor
from airflow.contrib.sensors.file_sensor import FileSensor
from airflow.contrib.sensors.python_sensor import PythonSensor
from airflow.contrib.sensors.weekday_sensor import DayOfWeekSensor
from airflow.operators.bash_operator import BashOperator
from airflow.operators.python_operator import PythonOperator
from airflow.sensors.date_time_sensor import DateTimeSensor
from airflow.sensors.time_delta_sensor import TimeDeltaSensor
from airflow.sensors.time_sensor import TimeSensor

MINUTE = 60
ROOT = os.path.dirname(os.path.abspath(__file__))


def there():
    return os.path.isdir(ROOT)


def ready(path, ds, **kwargs):
    """Whether the day's file is complete."""
    print('looking for', path, 'of', ds, 'in', kwargs['execution_date'].year)
    return path.endswith(ds)


def listing(**context):
    print(context['ti'].xcom_pull(task_ids='names'))
    return True


def names():
    return ['a', 'b']


args = {'start_date': datetime(2020, 1, 1), 'poke_interval': 5, 'timeout': 10 * MINUTE}
dag = DAG('sensors', default_args=args, schedule_interval='@daily')

here = FileSensor(task_id='here', filepath=__file__, poke_interval=1, dag=dag)
# an hour is enough
data = FileSensor(task_id='data', filepath='/proc/self/{{ params.what }}', params={'what': 'status'}, timeout=60 * 60, dag=dag)
folder = PythonSensor(task_id='folder', python_callable=there, mode='reschedule', dag=dag)
day = PythonSensor(task_id='day', python_callable=ready, provide_context=True,
                   op_kwargs={'path': '/data/{{ ds }}'}, poke_interval=0.5 * MINUTE, dag=dag)
some = PythonOperator(task_id='names', python_callable=names, dag=dag)
listed = PythonSensor(task_id='listed', python_callable=listing, provide_context=True, retries=1, dag=dag)
either = PythonSensor(task_id='either', python_callable=lambda: os.sep == '/', dag=dag)
closed = TimeDeltaSensor(task_id='closed', delta=timedelta(minutes=10), dag=dag)
morning = TimeSensor(task_id='morning', target_time=time(0, 0, 0), dag=dag)
noon = DateTimeSensor(task_id='noon', target_time='{{ execution_date.replace(hour=12) }}', dag=dag)
once = DateTimeSensor(task_id='once', target_time=datetime(2020, 5, 1, 12), dag=dag)
weekend = DayOfWeekSensor(task_id='weekend', week_day={'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'}, dag=dag)
shell = BashSensor(task_id='shell', bash_command='test -d / && echo {{ ds }}', dag=dag)
go = BashOperator(task_id='go', bash_command='echo go', dag=dag)

[here, data, folder, day, either, closed, morning, noon, once, weekend, shell] >> go
some >> listed >> go
