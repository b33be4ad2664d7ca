"""Queries, containers, functions, messages and a warehouse."""
import json
from datetime import datetime, timedelta

from prefect import flow, task
from prefect.runtime import flow_run
from prefect_aws import AwsCredentials

from airflow_aws import aws_client
from airflow_aws_jobs import (
    check_task, cluster_status, invoke, message_attributes_of, query_ended, started_task, succeeded, wait_for_query
)
from airflow_redshift import copy_statement, replaced, unload_statement
from airflow_resume import SAME_DATE
from airflow_sensors import wait_until
from airflow_sql import RedshiftSQLHook

NETWORK = {"awsvpcConfiguration": {"subnets": ["subnet-1"], "securityGroups": ["sg-1"]}}
TOPIC = "arn:aws:sns:eu-west-1:123456789012:done"


@task(name="query", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def query(ds):
    athena = AwsCredentials.load("aws-lake").get_client("athena")
    started = athena.start_query_execution(
        QueryString=f"SELECT count(*) FROM sales WHERE day = '{ds}'",
        QueryExecutionContext={"Database": "lake", "Catalog": "AwsDataCatalog"},
        ResultConfiguration={"OutputLocation": f"s3://results/{ds}/"},
        WorkGroup="primary",
    )
    wait_for_query(athena, started["QueryExecutionId"], pause=10)
    return started["QueryExecutionId"]


@task(name="query_2", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def query_2():
    athena = aws_client("athena", region_name="us-east-1")
    started = athena.start_query_execution(
        QueryString="MSCK REPAIR TABLE sales",
        QueryExecutionContext={"Database": "lake", "Catalog": "AwsDataCatalog"},
        ResultConfiguration={},
        WorkGroup="etl",
    )
    wait_for_query(athena, started["QueryExecutionId"], attempts=5)
    return started["QueryExecutionId"]


@task(name="queried", cache_policy=SAME_DATE)
def queried(query):
    athena = AwsCredentials.load("aws-lake").get_client("athena")
    wait_until(lambda: query_ended(athena, query))


@task(name="job", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def job(ds):
    ecs = aws_client("ecs")
    task_arn = started_task(
        ecs,
        cluster="etl",
        taskDefinition="loader:3",
        overrides={"containerOverrides": [{"name": "loader", "command": ["load", ds]}]},
        startedBy="data",
        launchType="FARGATE",
        networkConfiguration=NETWORK,
        tags=[{"key": key, "value": value} for key, value in {"team": "data"}.items()],
    )
    waiter = ecs.get_waiter("tasks_stopped")
    waiter.wait(cluster="etl", tasks=[task_arn], WaiterConfig={"Delay": 6, "MaxAttempts": 1000000})
    check_task(ecs, "etl", task_arn)


@task(name="call", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def call(ds):
    return invoke(
        AwsCredentials.load("aws-lake").get_client("lambda"), FunctionName="notify", Payload=f'{{"day": "{ds}"}}'
    )


@task(name="tell", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def tell(ds):
    sns = aws_client("sns")
    return sns.publish(
        TargetArn=TOPIC, MessageStructure="json", Message=json.dumps({"default": f"{ds} is done"}), Subject="Sales"
    )


@task(name="tell_more", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def tell_more(ds):
    sns = aws_client("sns")
    return sns.publish(
        TargetArn=TOPIC,
        MessageStructure="json",
        Message=json.dumps({"default": "done"}),
        MessageAttributes=message_attributes_of({"day": ds, "n": 1}),
    )


@task(name="send", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def send(ds):
    sqs = aws_client("sqs")
    return sqs.send_message(QueueUrl="https://sqs/q", MessageBody=ds, DelaySeconds=5, MessageAttributes={})


@task(name="glue_done", cache_policy=SAME_DATE)
def glue_done():
    glue = AwsCredentials.load("aws-lake").get_client("glue")
    wait_until(
        lambda: succeeded(
            glue.get_job_run(JobName="clean", RunId="jr_1", PredecessorsIncluded=True)["JobRun"]["JobRunState"],
            "SUCCEEDED",
            ["FAILED", "STOPPED", "TIMEOUT"],
        )
    )


@task(name="cluster_up", cache_policy=SAME_DATE)
def cluster_up():
    redshift = aws_client("redshift")
    wait_until(lambda: cluster_status(redshift, "wh") == "available")


@task(name="load", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def load(ds):
    target = "public.sales"
    statement = copy_statement(target, f"s3://lake/sales/{ds}.csv", "aws_lake", options=["csv", "IGNOREHEADER 1"])
    RedshiftSQLHook("warehouse").run(statement)


@task(name="load_anew", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def load_anew():
    target = "days"
    statement = copy_statement(target, "s3://lake/days.csv", "aws_default", columns=["day", "n"])
    RedshiftSQLHook("redshift_default").run(replaced(target, statement))


@task(name="unload", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def unload(ds):
    place = f"s3://lake/out/{ds}/sales_"
    query = "SELECT * FROM public.sales"
    statement = unload_statement(query, place, "aws_default", options=["CSV"], header=True)
    RedshiftSQLHook("redshift_default").run(statement)


@task(name="unload_query", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def unload_query(ds):
    place = "s3://lake/out/q"
    query = f"SELECT * FROM sales WHERE day = ''{ds}''"
    statement = unload_statement(query, place, "aws_default")
    RedshiftSQLHook("redshift_default").run(statement, autocommit=True)


@flow(name="amazon_jobs")
def amazon_jobs(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    query_run = query(ds)
    query_2()
    # differs: queried: the provider logs an error of the first look and looks again; a task fails, and is tried again
    queried(query_run)
    job(ds)
    call(ds)
    tell(ds)
    tell_more(ds)
    send(ds)
    glue_done()
    cluster_up()
    load(ds)
    load_anew()
    unload(ds)
    unload_query(ds)


if __name__ == "__main__":
    amazon_jobs()
