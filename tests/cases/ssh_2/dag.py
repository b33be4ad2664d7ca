from datetime import datetime

from airflow import DAG
from airflow.providers.sftp.operators.sftp import SFTPOperation, SFTPOperator
from airflow.providers.ssh.operators.ssh import SSHOperator
from airflow.providers.sftp.sensors.sftp import SFTPSensor
from airflow.operators.python import PythonOperator


templated = """
cd /opt/app
./run.sh --date {{ ds }} {{ params.mode }}
"""


def read(**kwargs):
    output = kwargs['ti'].xcom_pull(task_ids='listing')
    print(output)


dag = DAG("ssh_2", start_date=datetime(2024, 1, 1), schedule='@daily', catchup=False)

run = SSHOperator(task_id='run', ssh_conn_id='edge_node', command=templated, params={'mode': 'full'}, dag=dag)
listing = SSHOperator(task_id='listing', ssh_conn_id="edge_node", command='ls /data/{{ ds_nodash }}', dag=dag)
as_root = SSHOperator(
    task_id='as_root', ssh_conn_id='edge_node', remote_host='10.0.0.7', command='sudo systemctl restart app', cmd_timeout=60,
    environment={'LANG': 'C'}, dag=dag,
)
fetch = SFTPOperator(
    task_id='fetch', ssh_conn_id='edge_node', local_filepath='/tmp/{{ ds }}.csv', remote_filepath='/data/{{ ds }}.csv', operation='get',
    create_intermediate_dirs=True, dag=dag,
)
put = SFTPOperator(
    task_id='put', ssh_conn_id="edge_node", local_filepath='/tmp/{{ ds }}.csv', remote_filepath='/in/{{ ds }}.csv', operation=SFTPOperation.PUT, dag=dag
)
wait = SFTPSensor(task_id='wait', path='/in/{{ ds }}.done', sftp_conn_id='edge_sftp', poke_interval=30, dag=dag)
read_it = PythonOperator(task_id='read', python_callable=read, dag=dag)

run >> listing >> as_root >> fetch >> put >> wait >> read_it
