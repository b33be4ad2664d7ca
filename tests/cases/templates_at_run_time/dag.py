from airflow import DAG
from airflow.operators.python_operator import PythonOperator
from airflow.operators.bash_operator import BashOperator
from datetime import datetime, timedelta
from airflow.utils.email import send_email
import airflow.utils.dates

def on_fail(context):
    ti = context['ti']
    msg = "Task {} in {} failed at {}".format(ti.task_id, ti.dag_id, context['execution_date'])
    send_email('a@b', 'x', msg)

def slack(context):
    print(context['ti'].log_url)

def push_function(**kwargs):
    ls = ['a','b','c']
    return ls

def pull_function(**kwargs):
    ti = kwargs['ti']
    ls = ti.xcom_pull(task_ids='push_task')
    print(ls)
    for x in ls: print(x)

def cond(**kwargs):
    value = kwargs['ti'].xcom_pull(task_ids='push_task') if kwargs.get('flag') else None
    conf = kwargs["dag_run"].conf.get("a") if kwargs["dag_run"].conf else "none"
    kwargs['ti'].xcom_push(key='cond', value=value) if value else None
    return conf

default_args = {
    'owner': 'airflow',
    'start_date': airflow.utils.dates.days_ago(1),
    'on_failure_callback': on_fail,
    'on_retry_callback': slack,
    'retries': 2,
    'retry_delay': timedelta(minutes=1),
    'execution_timeout': timedelta(hours=1),
}
# The pipeline
dag = DAG('e1', default_args=default_args, schedule_interval="@once", user_defined_filters={'up': lambda s: s.upper()}, user_defined_macros=dict(x=1))

push_task = PythonOperator(task_id='push_task', python_callable=push_function, provide_context=True, dag=dag)
pull_task = PythonOperator(task_id='pull_task', python_callable=pull_function, provide_context=True, dag=dag)
c = PythonOperator(task_id='cond', python_callable=cond, provide_context=True, dag=dag, op_kwargs={'flag': True})
b = BashOperator(task_id='b', bash_command="""
echo "{{ params.p | up }}"   # comment
{% if dag_run.conf %}echo "{{ dag_run.conf['x'] }}"{% endif %}
echo '{{ ti.xcom_pull("push_task")[0] }}' {{ task_instance.xcom_pull(task_ids="cond", key="return_value") }}
""", params={'p': 'v'}, env={'A': '{{ ds }}', 'B': 'x'}, dag=dag)
# comment about order
push_task >> pull_task
push_task >> c >> b
