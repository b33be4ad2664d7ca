"""AWS as Airflow 1.10 has it."""
from datetime import datetime, timedelta

from airflow import DAG
from airflow.contrib.operators.emr_add_steps_operator import EmrAddStepsOperator
from airflow.contrib.operators.emr_create_job_flow_operator import EmrCreateJobFlowOperator
from airflow.contrib.operators.emr_terminate_job_flow_operator import EmrTerminateJobFlowOperator
from airflow.contrib.operators.s3_copy_object_operator import S3CopyObjectOperator
from airflow.contrib.operators.s3_delete_objects_operator import S3DeleteObjectsOperator
from airflow.contrib.operators.s3_list_operator import S3ListOperator
from airflow.contrib.sensors.emr_job_flow_sensor import EmrJobFlowSensor
from airflow.contrib.sensors.emr_step_sensor import EmrStepSensor
from airflow.operators.s3_file_transform_operator import S3FileTransformOperator

DEFAULT_ARGS = {
    'owner': 'data-team',
    'depends_on_past': False,
    'email': ['airflow@example.com'],
    'email_on_failure': False,
    'aws_conn_id': 'my_aws',
}

SPARK_STEPS = [
    {
        'Name': 'calculate_pi',
        'ActionOnFailure': 'CONTINUE',
        'HadoopJarStep': {
            'Jar': 'command-runner.jar',
            'Args': ['spark-submit', '--deploy-mode', 'cluster', 's3://code/pi.py', '{{ ds }}'],
        },
    }
]

JOB_FLOW_OVERRIDES = {'Name': 'PiCalc'}

dag = DAG(
    'amazon_contrib',
    default_args=DEFAULT_ARGS,
    dagrun_timeout=timedelta(hours=2),
    start_date=datetime(2024, 1, 1),
    schedule_interval='0 3 * * *',
    catchup=False,
)

cluster_creator = EmrCreateJobFlowOperator(
    task_id='create_job_flow',
    job_flow_overrides=JOB_FLOW_OVERRIDES,
    emr_conn_id='emr_default',
    dag=dag,
)

step_adder = EmrAddStepsOperator(
    task_id='add_steps',
    job_flow_id="{{ task_instance.xcom_pull(task_ids='create_job_flow', key='return_value') }}",
    steps=SPARK_STEPS,
    dag=dag,
)

step_checker = EmrStepSensor(
    task_id='watch_step',
    job_flow_id="{{ task_instance.xcom_pull('create_job_flow', key='return_value') }}",
    step_id="{{ task_instance.xcom_pull(task_ids='add_steps', key='return_value')[0] }}",
    dag=dag,
)

cluster_remover = EmrTerminateJobFlowOperator(
    task_id='remove_cluster',
    job_flow_id="{{ task_instance.xcom_pull(task_ids='create_job_flow', key='return_value') }}",
    aws_conn_id='aws_default',
    trigger_rule='all_done',
    dag=dag,
)

watch_cluster = EmrJobFlowSensor(task_id='watch_cluster', job_flow_id="{{ ti.xcom_pull('create_job_flow') }}", dag=dag)

copy = S3CopyObjectOperator(
    task_id='copy', source_bucket_key='in/{{ ds }}.txt', dest_bucket_key='out/{{ ds }}.txt', source_bucket_name='lake',
    dest_bucket_name='lake', dag=dag,
)
copy_urls = S3CopyObjectOperator(
    task_id='copy_urls', source_bucket_key='s3://lake/in/host.txt', dest_bucket_key='s3://other/host.txt', aws_conn_id=None, dag=dag
)
list_keys = S3ListOperator(task_id='list_keys', bucket='lake', prefix='in/', delimiter='/', dag=dag)
delete_keys = S3DeleteObjectsOperator(task_id='delete_keys', bucket='lake', keys=['in/host.txt', 'out/{{ ds }}.txt'], dag=dag)
delete_key = S3DeleteObjectsOperator(task_id='delete_key', bucket='lake', keys='in/host.txt', dag=dag)
transform = S3FileTransformOperator(
    task_id='transform', source_s3_key='s3://lake/in/host.txt', dest_s3_key='s3://lake/out/{{ ds }}.txt', transform_script='/bin/cp',
    replace=True, dag=dag,
)

cluster_creator >> step_adder >> step_checker >> cluster_remover >> watch_cluster
copy >> copy_urls >> list_keys >> delete_keys >> delete_key >> transform
