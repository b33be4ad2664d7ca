import os, sys
from datetime import datetime, timedelta
from airflow import DAG
from airflow.operators.bash_operator import BashOperator
from airflow.operators.python_operator import PythonOperator
from airflow.operators.subdag_operator import SubDagOperator
from airflow.sensors.external_task_sensor import ExternalTaskSensor
from airflow.operators.email_operator import EmailOperator
sys.path.append(os.path.dirname(__file__))
from common.utils import notify, compute
import common.settings as settings

DEFAULT_ARGS = {'owner': settings.OWNER, 'start_date': datetime.combine(datetime.today() - timedelta(1), datetime.min.time()),
    'on_failure_callback': notify, 'retries': settings.RETRIES, 'retry_delay': timedelta(seconds=settings.DELAY), 'pool': settings.POOL}

dag = DAG('c2', default_args=DEFAULT_ARGS, schedule_interval=settings.SCHEDULE, max_active_runs=1, template_searchpath='/opt/sql')

wait = ExternalTaskSensor(task_id='wait', external_dag_id='x', external_task_id='y', dag=dag)
run_sql = BashOperator(task_id='run_sql', bash_command='psql -f query.sql', dag=dag)
tmpl = BashOperator(task_id='tmpl', bash_command='scripts/run.sh', dag=dag)
py = PythonOperator(task_id='py', python_callable=compute, op_kwargs={'x': settings.X, 'day': '{{ ds }}'}, dag=dag)
py2 = PythonOperator(task_id='py2', python_callable=compute, provide_context=True, dag=dag)
mail = EmailOperator(task_id='mail', to='a@b', subject='s', html_content='c', dag=dag)
if os.environ.get('ENV') == 'prod':
    extra = BashOperator(task_id='extra', bash_command='true', dag=dag)
    extra >> py
wait >> run_sql >> tmpl >> [py, py2] >> mail

for name in settings.TABLES:
    t = BashOperator(task_id='dump_' + name, bash_command='dump ' + name + ' {{ ds }}', dag=dag)
    t << wait
    mail >> t
