"""AWS as Airflow 1.10 has it."""
import sys
from datetime import datetime, timedelta

import boto3
from prefect import flow, task
from prefect.runtime import flow_run
from prefect_aws import AwsCredentials

from airflow_aws import aws_client
from airflow_connections import get_connection
from airflow_emr import ended
from airflow_resume import SAME_DATE
from airflow_rules import submit
from airflow_s3 import Airflow1S3Hook, S3Hook, delete_keys, transform_file
from airflow_sensors import wait_until

JOB_FLOW_OVERRIDES = {'Name': 'PiCalc'}


@task(name="create_job_flow", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def create_job_flow():
    job_flow = {**get_connection("emr_default").extra_dejson, **JOB_FLOW_OVERRIDES}
    return AwsCredentials.load("my-aws").get_client("emr").run_job_flow(**job_flow)["JobFlowId"]


@task(name="add_steps", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def add_steps(create_job_flow, ds):
    emr = AwsCredentials.load("my-aws").get_client("emr")
    cluster_id = f"{create_job_flow}"
    step_ids = emr.add_job_flow_steps(
        JobFlowId=cluster_id,
        Steps=[
            {
                "Name": "calculate_pi",
                "ActionOnFailure": "CONTINUE",
                "HadoopJarStep": {
                    "Jar": "command-runner.jar",
                    "Args": ["spark-submit", "--deploy-mode", "cluster", "s3://code/pi.py", ds],
                },
            }
        ],
    )["StepIds"]
    return step_ids


@task(name="watch_step", cache_policy=SAME_DATE)
def watch_step(create_job_flow, add_steps):
    emr = AwsCredentials.load("my-aws").get_client("emr")
    wait_until(
        lambda: ended(
            emr.describe_step(ClusterId=f"{create_job_flow}", StepId=f"{add_steps[0]}")["Step"],
            ["COMPLETED"],
            ["CANCELLED", "FAILED", "INTERRUPTED"],
        )
    )


@task(name="remove_cluster", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def remove_cluster(create_job_flow):
    aws_client("emr").terminate_job_flows(JobFlowIds=[f"{create_job_flow}"])


@task(name="watch_cluster", cache_policy=SAME_DATE)
def watch_cluster(create_job_flow):
    emr = AwsCredentials.load("my-aws").get_client("emr")
    wait_until(
        lambda: ended(
            emr.describe_cluster(ClusterId=f"{create_job_flow}")["Cluster"], ["TERMINATED"], ["TERMINATED_WITH_ERRORS"]
        )
    )


@task(name="copy", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def copy(ds):
    s3 = AwsCredentials.load("my-aws").get_client("s3")
    source = {"Bucket": "lake", "Key": f"in/{ds}.txt"}
    s3.copy_object(Bucket="lake", Key=f"out/{ds}.txt", CopySource=source, ACL="private")


@task(name="copy_urls", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def copy_urls():
    s3 = boto3.client("s3")
    source_bucket, source_key = S3Hook.parse_s3_url("s3://lake/in/host.txt")
    source = {"Bucket": source_bucket, "Key": source_key}
    bucket, key = S3Hook.parse_s3_url("s3://other/host.txt")
    s3.copy_object(Bucket=bucket, Key=key, CopySource=source, ACL="private")


@task(name="list_keys", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def list_keys():
    s3 = AwsCredentials.load("my-aws").get_client("s3")
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket="lake", Prefix="in/", Delimiter="/")
    return [found["Key"] for page in pages for found in page.get("Contents", [])] or None


@task(name="delete_keys", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def delete_keys_task(ds):
    s3 = AwsCredentials.load("my-aws").get_client("s3")
    delete_keys(s3, "lake", ["in/host.txt", f"out/{ds}.txt"])


@task(name="delete_key", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def delete_key():
    s3 = AwsCredentials.load("my-aws").get_client("s3")
    delete_keys(s3, "lake", "in/host.txt")


@task(name="transform", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def transform(ds):
    transform_file(
        Airflow1S3Hook("aws_default"),
        "s3://lake/in/host.txt",
        Airflow1S3Hook("aws_default"),
        f"s3://lake/out/{ds}.txt",
        "/bin/cp",
        replace=True,
    )


@flow(name="amazon_contrib", timeout_seconds=7200)
def amazon_contrib(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    cluster_creator = create_job_flow.submit()
    step_adder = add_steps.submit(cluster_creator, ds)
    step_checker = watch_step.submit(cluster_creator, step_adder)
    cluster_remover = submit(remove_cluster, cluster_creator, after=[step_checker], rule="all_done")
    watch_cluster_run = watch_cluster.submit(cluster_creator, wait_for=[cluster_remover])
    copy_run = copy.submit(ds)
    copy_urls_run = copy_urls.submit(wait_for=[copy_run])
    listed_keys = list_keys.submit(wait_for=[copy_urls_run])
    deleted_keys = delete_keys_task.submit(ds, wait_for=[listed_keys])
    deleted_key = delete_key.submit(wait_for=[deleted_keys])
    transformed = transform.submit(ds, wait_for=[deleted_key])
    return [watch_cluster_run, transformed]


if __name__ == "__main__":
    sys.exit(not amazon_contrib(return_state=True).is_completed())
