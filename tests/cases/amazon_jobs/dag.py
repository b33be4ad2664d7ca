"""Queries, containers, functions, messages and a warehouse."""
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.athena import AthenaOperator
from airflow.providers.amazon.aws.operators.ecs import EcsRunTaskOperator
from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator
from airflow.providers.amazon.aws.operators.sns import SnsPublishOperator
from airflow.providers.amazon.aws.operators.sqs import SqsPublishOperator
from airflow.providers.amazon.aws.sensors.athena import AthenaSensor
from airflow.providers.amazon.aws.sensors.glue import GlueJobSensor
from airflow.providers.amazon.aws.sensors.redshift_cluster import RedshiftClusterSensor
from airflow.providers.amazon.aws.transfers.redshift_to_s3 import RedshiftToS3Operator
from airflow.providers.amazon.aws.transfers.s3_to_redshift import S3ToRedshiftOperator

NETWORK = {"awsvpcConfiguration": {"subnets": ["subnet-1"], "securityGroups": ["sg-1"]}}
TOPIC = "arn:aws:sns:eu-west-1:123456789012:done"

with DAG("amazon_jobs", start_date=datetime(2024, 1, 1), schedule="@daily", catchup=False, default_args={"owner": "data"}) as dag:
    query = AthenaOperator(
        task_id="query", query="SELECT count(*) FROM sales WHERE day = '{{ ds }}'", database="lake", output_location="s3://results/{{ ds }}/",
        aws_conn_id="aws_lake", sleep_time=10,
    )
    query_2 = AthenaOperator(
        task_id="query_2", query="MSCK REPAIR TABLE sales", database="lake", workgroup="etl", region_name="us-east-1", max_polling_attempts=5
    )
    # differs: queried: the provider logs an error of the first look and looks again; a task fails, and is tried again
    queried = AthenaSensor(task_id="queried", query_execution_id=query.output, aws_conn_id="aws_lake")
    job = EcsRunTaskOperator(
        task_id="job", cluster="etl", task_definition="loader:3", launch_type="FARGATE",
        overrides={"containerOverrides": [{"name": "loader", "command": ["load", "{{ ds }}"]}]}, network_configuration=NETWORK,
        tags={"team": "data"},
    )
    call = LambdaInvokeFunctionOperator(task_id="call", function_name="notify", payload='{"day": "{{ ds }}"}', aws_conn_id="aws_lake")
    tell = SnsPublishOperator(task_id="tell", target_arn=TOPIC, message="{{ ds }} is done", subject="Sales")
    tell_more = SnsPublishOperator(task_id="tell_more", target_arn=TOPIC, message="done", message_attributes={"day": "{{ ds }}", "n": 1})
    send = SqsPublishOperator(task_id="send", sqs_queue="https://sqs/q", message_content="{{ ds }}", delay_seconds=5)
    glue_done = GlueJobSensor(task_id="glue_done", job_name="clean", run_id="jr_1", aws_conn_id="aws_lake")
    cluster_up = RedshiftClusterSensor(task_id="cluster_up", cluster_identifier="wh", target_status="available")
    load = S3ToRedshiftOperator(
        task_id="load", schema="public", table="sales", s3_bucket="lake", s3_key="sales/{{ ds }}.csv", copy_options=["csv", "IGNOREHEADER 1"],
        redshift_conn_id="warehouse", aws_conn_id="aws_lake",
    )
    load_anew = S3ToRedshiftOperator(
        task_id="load_anew", table="days", s3_bucket="lake", s3_key="days.csv", method="REPLACE", column_list=["day", "n"]
    )
    unload = RedshiftToS3Operator(
        task_id="unload", s3_bucket="lake", s3_key="out/{{ ds }}", schema="public", table="sales", unload_options=["CSV"], include_header=True
    )
    unload_query = RedshiftToS3Operator(
        task_id="unload_query", s3_bucket="lake", s3_key="out/q", select_query="SELECT * FROM sales WHERE day = ''{{ ds }}''", autocommit=True
    )

    query >> query_2 >> queried >> job >> call >> tell >> tell_more >> send >> glue_done >> cluster_up >> load >> load_anew >> unload >> unload_query
