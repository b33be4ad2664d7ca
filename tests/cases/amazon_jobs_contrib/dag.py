from datetime import datetime

from airflow import DAG
from airflow.contrib.operators.aws_athena_operator import AWSAthenaOperator
from airflow.contrib.operators.aws_sqs_publish_operator import SQSPublishOperator
from airflow.contrib.operators.ecs_operator import ECSOperator
from airflow.contrib.operators.sns_publish_operator import SnsPublishOperator
from airflow.contrib.sensors.aws_athena_sensor import AthenaSensor
from airflow.contrib.sensors.aws_redshift_cluster_sensor import AwsRedshiftClusterSensor
from airflow.operators.redshift_to_s3_operator import RedshiftToS3Transfer
from airflow.operators.s3_to_redshift_operator import S3ToRedshiftTransfer

default_args = {'owner': 'data', 'start_date': datetime(2024, 1, 1), 'depends_on_past': False}

dag = DAG('amazon_jobs_contrib', default_args=default_args, schedule_interval='@daily', catchup=False)

query = AWSAthenaOperator(
    task_id='query', query="SELECT count(*) FROM sales WHERE day = '{{ ds }}'", database='lake', output_location='s3://results/{{ ds }}/',
    aws_conn_id='aws_lake', sleep_time=10, max_tries=3, dag=dag,
)
queried = AthenaSensor(task_id='queried', query_execution_id="{{ ti.xcom_pull('query') }}", dag=dag)
job = ECSOperator(
    task_id='job', cluster='etl', task_definition='loader:3', launch_type='FARGATE', region_name='us-east-1', aws_conn_id='aws_lake',
    overrides={'containerOverrides': [{'name': 'loader', 'command': ['load', '{{ ds }}']}]},
    network_configuration={'awsvpcConfiguration': {'subnets': ['subnet-1']}}, awslogs_group='/ecs/etl', tags={'team': 'data'}, dag=dag,
)
job_ec2 = ECSOperator(task_id='job_ec2', cluster='etl', task_definition='loader:3', overrides={}, dag=dag)
tell = SnsPublishOperator(task_id='tell', target_arn='arn:aws:sns:eu-west-1:1:done', message='{{ ds }} is done', subject='Sales', dag=dag)
send = SQSPublishOperator(task_id='send', sqs_queue='https://sqs/q', message_content='{{ ds }}', dag=dag)
cluster_up = AwsRedshiftClusterSensor(task_id='cluster_up', cluster_identifier='wh', dag=dag)
load = S3ToRedshiftTransfer(
    task_id='load', schema='public', table='sales', s3_bucket='lake', s3_key='in', copy_options=['csv', 'IGNOREHEADER 1'],
    redshift_conn_id='warehouse', aws_conn_id='aws_lake', autocommit=True, dag=dag,
)
unload = RedshiftToS3Transfer(
    task_id='unload', schema='public', table='sales', s3_bucket='lake', s3_key='out', unload_options=['CSV'], include_header=True, dag=dag
)

query >> queried >> job >> job_ec2 >> tell >> send >> cluster_up >> load >> unload
