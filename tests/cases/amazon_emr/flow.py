"""A cluster that lives for one run."""
import sys
from datetime import datetime

from prefect import flow, task
from prefect_aws import AwsCredentials

from airflow_aws import aws_client, extra_of
from airflow_emr import cluster_named, ended
from airflow_resume import SAME_DATE
from airflow_rules import submit
from airflow_sensors import wait_until

SPARK_STEPS = [
    {
        "Name": "calculate_pi",
        "ActionOnFailure": "CONTINUE",
        "HadoopJarStep": {"Jar": "command-runner.jar", "Args": ["/usr/lib/spark/bin/run-example", "SparkPi", "10"]},
    }
]
JOB_FLOW_OVERRIDES = {
    "Name": "PiCalc",
    "ReleaseLabel": "emr-5.29.0",
    "Instances": {"KeepJobFlowAliveWhenNoSteps": False, "TerminationProtected": False},
}


@task(name="create", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def create():
    emr = aws_client("emr", "aws-emr", region_name="eu-west-1")
    job_flow = {**extra_of("emr_small"), **JOB_FLOW_OVERRIDES}
    job_flow_id = emr.run_job_flow(**job_flow)["JobFlowId"]
    return job_flow_id


@task(name="add_steps", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def add_steps(create):
    emr = AwsCredentials.load("aws-emr").get_client("emr")
    cluster_id = create
    step_ids = emr.add_job_flow_steps(JobFlowId=cluster_id, Steps=SPARK_STEPS)["StepIds"]
    return step_ids


@task(name="watch_step", cache_policy=SAME_DATE)
def watch_step(create, add_steps):
    emr = AwsCredentials.load("aws-emr").get_client("emr")
    wait_until(
        lambda: ended(
            emr.describe_step(ClusterId=f"{create}", StepId=f"{add_steps[0]}")["Step"],
            ["COMPLETED"],
            ["CANCELLED", "FAILED", "INTERRUPTED"],
        )
    )


@task(name="by_name", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def by_name():
    emr = aws_client("emr")
    cluster_id = cluster_named(emr, "made", ["RUNNING", "WAITING"])
    step_ids = emr.add_job_flow_steps(JobFlowId=cluster_id, Steps=SPARK_STEPS)["StepIds"]
    waiter = emr.get_waiter("step_complete")
    for step_id in step_ids:
        waiter.wait(ClusterId=cluster_id, StepId=step_id, WaiterConfig={"Delay": 30, "MaxAttempts": 60})
    return step_ids


@task(name="modify", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def modify(create):
    return aws_client("emr").modify_cluster(ClusterId=create, StepConcurrencyLevel=2)["StepConcurrencyLevel"]


@task(name="terminate", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def terminate(create):
    AwsCredentials.load("aws-emr").get_client("emr").terminate_job_flows(JobFlowIds=[create])


@task(name="watch_cluster", cache_policy=SAME_DATE)
def watch_cluster(create):
    emr = aws_client("emr")
    wait_until(
        lambda: ended(
            emr.describe_cluster(ClusterId=create)["Cluster"], ["TERMINATED", "WAITING"], ["TERMINATED_WITH_ERRORS"]
        )
    )


@flow(name="amazon_emr")
def amazon_emr(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    created = create.submit()
    added_steps = add_steps.submit(created)
    watch_step_run = watch_step.submit(created, added_steps)
    by_name_run = by_name.submit(wait_for=[watch_step_run])
    modify_run = modify.submit(created, wait_for=[by_name_run])
    terminate_run = submit(terminate, created, after=[created, modify_run], rule="all_done")
    watch_cluster_run = watch_cluster.submit(created, wait_for=[terminate_run])
    return [watch_cluster_run]


if __name__ == "__main__":
    sys.exit(not amazon_emr(return_state=True).is_completed())
