"""EMR: airflow/providers/amazon/aws/operators/emr.py and sensors/emr.py, and airflow/contrib of 1.10."""

from airflow_connections import get_connection
from airflow_aws import extra_of
from airflow_emr import cluster_named, ended


@operator("airflow.contrib.operators.emr_create_job_flow_operator.EmrCreateJobFlowOperator")
def create_cluster_1(job_flow_overrides={}, aws_conn_id="s3_default", emr_conn_id="emr_default"):
    job_flow = {**get_connection(emr_conn_id).extra_dejson, **job_flow_overrides}
    return client("emr").run_job_flow(**job_flow)["JobFlowId"]


@operator(
    "airflow.providers.amazon.aws.operators.emr_create_job_flow.EmrCreateJobFlowOperator",
    "airflow.providers.amazon.aws.operators.emr.EmrCreateJobFlowOperator",
)
def create_cluster(
    job_flow_overrides={}, emr_conn_id="emr_default", wait_for_completion=None, wait_policy=None, waiter_max_attempts=60, waiter_delay=60,
):
    if wait_policy is not None:
        refuse(wait_policy)
    emr = client("emr")
    job_flow = {**extra_of(emr_conn_id), **job_flow_overrides}
    job_flow_id = emr.run_job_flow(**job_flow)["JobFlowId"]
    if wait_for_completion:
        waiter = emr.get_waiter("cluster_terminated")
        waiter.wait(ClusterId=job_flow_id, WaiterConfig={"Delay": waiter_delay, "MaxAttempts": waiter_max_attempts})
    return job_flow_id


@operator(
    "airflow.contrib.operators.emr_add_steps_operator.EmrAddStepsOperator",
    "airflow.providers.amazon.aws.operators.emr_add_steps.EmrAddStepsOperator",
    "airflow.providers.amazon.aws.operators.emr.EmrAddStepsOperator",
)
def add_steps(
    job_flow_id=None, job_flow_name=None, cluster_states=None, steps=[], wait_for_completion=False, waiter_delay=30, waiter_max_attempts=60,
    execution_role_arn=None,
):
    if job_flow_id is None and job_flow_name is None:
        refuse(job_flow_id)
    if job_flow_id is not None and job_flow_name is not None:
        refuse(job_flow_name)
    emr = client("emr")
    if job_flow_id is None:
        cluster_id = cluster_named(emr, job_flow_name, cluster_states)
    else:
        cluster_id = job_flow_id
    step_ids = emr.add_job_flow_steps(JobFlowId=cluster_id, Steps=steps, ExecutionRoleArn=execution_role_arn)["StepIds"]
    if wait_for_completion:
        waiter = emr.get_waiter("step_complete")
        for step_id in step_ids:
            waiter.wait(ClusterId=cluster_id, StepId=step_id, WaiterConfig={"Delay": waiter_delay, "MaxAttempts": waiter_max_attempts})
    push(job_flow_id=cluster_id)
    return step_ids


@operator("airflow.contrib.operators.emr_terminate_job_flow_operator.EmrTerminateJobFlowOperator")
def terminate_1(job_flow_id, aws_conn_id="s3_default"):
    client("emr").terminate_job_flows(JobFlowIds=[job_flow_id])


@operator(
    "airflow.providers.amazon.aws.operators.emr_terminate_job_flow.EmrTerminateJobFlowOperator",
    "airflow.providers.amazon.aws.operators.emr.EmrTerminateJobFlowOperator",
)
def terminate(job_flow_id, waiter_delay=60, waiter_max_attempts=20):
    client("emr").terminate_job_flows(JobFlowIds=[job_flow_id])


@operator(
    "airflow.providers.amazon.aws.operators.emr_modify_cluster.EmrModifyClusterOperator",
    "airflow.providers.amazon.aws.operators.emr.EmrModifyClusterOperator",
)
def modify(cluster_id, step_concurrency_level):
    push(cluster_id=cluster_id)
    return client("emr").modify_cluster(ClusterId=cluster_id, StepConcurrencyLevel=step_concurrency_level)["StepConcurrencyLevel"]


@sensor("airflow.contrib.sensors.emr_job_flow_sensor.EmrJobFlowSensor")
def cluster_ended_1(job_flow_id):
    emr = client("emr")
    return ended(emr.describe_cluster(ClusterId=job_flow_id)["Cluster"], ["TERMINATED"], ["TERMINATED_WITH_ERRORS"])


@sensor(
    "airflow.providers.amazon.aws.sensors.emr_job_flow.EmrJobFlowSensor",
    "airflow.providers.amazon.aws.sensors.emr.EmrJobFlowSensor",
)
def cluster_ended(job_flow_id, target_states=["TERMINATED"], failed_states=["TERMINATED_WITH_ERRORS"], max_attempts=60):
    emr = client("emr")
    return ended(emr.describe_cluster(ClusterId=job_flow_id)["Cluster"], target_states, failed_states)


@sensor("airflow.contrib.sensors.emr_step_sensor.EmrStepSensor")
def step_ended_1(job_flow_id, step_id):
    emr = client("emr")
    return ended(emr.describe_step(ClusterId=job_flow_id, StepId=step_id)["Step"], ["COMPLETED"], ["CANCELLED", "FAILED", "INTERRUPTED"])


@sensor(
    "airflow.providers.amazon.aws.sensors.emr_step.EmrStepSensor",
    "airflow.providers.amazon.aws.sensors.emr.EmrStepSensor",
)
def step_ended(job_flow_id, step_id, target_states=["COMPLETED"], failed_states=["CANCELLED", "FAILED", "INTERRUPTED"], max_attempts=60):
    emr = client("emr")
    return ended(emr.describe_step(ClusterId=job_flow_id, StepId=step_id)["Step"], target_states, failed_states)
