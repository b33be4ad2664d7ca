from datetime import datetime
from airflow import DAG
from team.pods import BasePod, Other, WithExecute, Retrying
with DAG('team_pods', start_date=datetime(2021,1,1), schedule_interval='@daily') as dag:
    a = BasePod(task_id='a', command='run --date {{ ds }}', env_vars={'D': '{{ ds }}'})
    b = Other(task_id='b')
    c = WithExecute(task_id='c', name='c', q='x')
    d = Retrying(task_id='d', name='d')
    a >> b >> c >> d
