from datetime import datetime

from airflow import DAG
from airflow.contrib.hooks.ssh_hook import SSHHook
from airflow.contrib.operators.sftp_operator import SFTPOperation, SFTPOperator
from airflow.contrib.operators.ssh_operator import SSHOperator
from airflow.contrib.sensors.sftp_sensor import SFTPSensor
from airflow.operators.python_operator import PythonOperator

sshHook = SSHHook(ssh_conn_id='edge_node')

templated = """
cd /opt/app
./run.sh --date {{ ds }} {{ params.mode }}
"""


def read(**kwargs):
    output = kwargs['ti'].xcom_pull(task_ids='listing')
    print(output)


dag = DAG('ssh', start_date=datetime(2024, 1, 1), schedule_interval='@daily', catchup=False)

run = SSHOperator(task_id='run', ssh_conn_id='edge_node', command=templated, params={'mode': 'full'}, dag=dag)
listing = SSHOperator(task_id='listing', ssh_hook=sshHook, command='ls /data/{{ ds_nodash }}', do_xcom_push=True, dag=dag)
as_root = SSHOperator(
    task_id='as_root', ssh_conn_id='edge_node', remote_host='10.0.0.7', command='sudo systemctl restart app', timeout=60,
    environment={'LANG': 'C'}, dag=dag,
)
fetch = SFTPOperator(
    task_id='fetch', ssh_conn_id='edge_node', local_filepath='/tmp/{{ ds }}.csv', remote_filepath='/data/{{ ds }}.csv', operation='get',
    create_intermediate_dirs=True, dag=dag,
)
put = SFTPOperator(
    task_id='put', ssh_hook=sshHook, local_filepath='/tmp/{{ ds }}.csv', remote_filepath='/in/{{ ds }}.csv', operation=SFTPOperation.PUT, dag=dag
)
wait = SFTPSensor(task_id='wait', path='/in/{{ ds }}.done', sftp_conn_id='edge_sftp', poke_interval=30, dag=dag)
read_it = PythonOperator(task_id='read', python_callable=read, provide_context=True, dag=dag)

run >> listing >> as_root >> fetch >> put >> wait >> read_it
