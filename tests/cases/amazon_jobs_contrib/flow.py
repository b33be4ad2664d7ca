import json
from datetime import datetime, timedelta

import boto3
from prefect import flow, task
from prefect.runtime import flow_run
from prefect_aws import AwsCredentials

from airflow_aws import aws_client
from airflow_aws_jobs import check_task, cluster_status, query_ended, started_task, wait_for_query
from airflow_redshift import copy_statement, unload_statement
from airflow_resume import SAME_DATE
from airflow_sensors import wait_until
from airflow_sql import PostgresHook


@task(name="query", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def query(ds):
    athena = AwsCredentials.load("aws-lake").get_client("athena")
    started = athena.start_query_execution(
        QueryString=f"SELECT count(*) FROM sales WHERE day = '{ds}'",
        QueryExecutionContext={"Database": "lake"},
        ResultConfiguration={"OutputLocation": f"s3://results/{ds}/"},
        WorkGroup="primary",
    )
    wait_for_query(athena, started["QueryExecutionId"], pause=10, attempts=3)
    return started["QueryExecutionId"]


@task(name="queried", cache_policy=SAME_DATE)
def queried(query):
    athena = aws_client("athena")
    wait_until(lambda: query_ended(athena, f"{query}"))


@task(name="job", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def job(ds):
    ecs = aws_client("ecs", "aws-lake", region_name="us-east-1")
    task_arn = started_task(
        ecs,
        cluster="etl",
        taskDefinition="loader:3",
        overrides={"containerOverrides": [{"name": "loader", "command": ["load", ds]}]},
        startedBy="data",
        launchType="FARGATE",
        platformVersion="LATEST",
        networkConfiguration={"awsvpcConfiguration": {"subnets": ["subnet-1"]}},
        tags=[{"key": key, "value": value} for key, value in {"team": "data"}.items()],
    )
    waiter = ecs.get_waiter("tasks_stopped")
    waiter.wait(cluster="etl", tasks=[task_arn], WaiterConfig={"MaxAttempts": 1000000})
    check_task(ecs, "etl", task_arn)


@task(name="job_ec2", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def job_ec2():
    ecs = boto3.client("ecs")
    task_arn = started_task(
        ecs, cluster="etl", taskDefinition="loader:3", overrides={}, startedBy="data", launchType="EC2"
    )
    waiter = ecs.get_waiter("tasks_stopped")
    waiter.wait(cluster="etl", tasks=[task_arn], WaiterConfig={"MaxAttempts": 1000000})
    check_task(ecs, "etl", task_arn)


@task(name="tell", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def tell(ds):
    sns = aws_client("sns")
    return sns.publish(
        TargetArn="arn:aws:sns:eu-west-1:1:done",
        MessageStructure="json",
        Message=json.dumps({"default": f"{ds} is done"}),
        Subject="Sales",
    )


@task(name="send", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def send(ds):
    sqs = aws_client("sqs")
    return sqs.send_message(QueueUrl="https://sqs/q", MessageBody=ds, DelaySeconds=0, MessageAttributes={})


@task(name="cluster_up", cache_policy=SAME_DATE)
def cluster_up():
    redshift = aws_client("redshift")
    wait_until(lambda: cluster_status(redshift, "wh") == "available")


@task(name="load", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def load():
    statement = copy_statement(
        "public.sales", "s3://lake/in/sales", "aws_lake", options=["csv", "IGNOREHEADER 1"], old=True
    )
    PostgresHook("warehouse").run(statement, autocommit=True)


@task(name="unload", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def unload():
    place = "s3://lake/out/sales_"
    statement = unload_statement(
        "SELECT * FROM public.sales", place, "aws_default", options=["CSV"], header=True, old=True
    )
    PostgresHook("redshift_default").run(statement)


@flow(name="amazon_jobs_contrib")
def amazon_jobs_contrib(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    query_run = query(ds)
    queried(query_run)
    job(ds)
    job_ec2()
    tell(ds)
    send(ds)
    cluster_up()
    load()
    unload()


if __name__ == "__main__":
    amazon_jobs_contrib()
