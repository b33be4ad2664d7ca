"""A cluster that lives for one run."""
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.emr import (
    EmrAddStepsOperator, EmrCreateJobFlowOperator, EmrModifyClusterOperator, EmrTerminateJobFlowOperator,
)
from airflow.providers.amazon.aws.sensors.emr import EmrJobFlowSensor, EmrStepSensor

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

with DAG("amazon_emr", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    create = EmrCreateJobFlowOperator(
        task_id="create", job_flow_overrides=JOB_FLOW_OVERRIDES, aws_conn_id="aws_emr", emr_conn_id="emr_small", region_name="eu-west-1"
    )
    add_steps = EmrAddStepsOperator(task_id="add_steps", job_flow_id=create.output, steps=SPARK_STEPS, aws_conn_id="aws_emr")
    watch_step = EmrStepSensor(
        task_id="watch_step", job_flow_id="{{ ti.xcom_pull(task_ids='create') }}",
        step_id="{{ ti.xcom_pull(task_ids='add_steps', key='return_value')[0] }}", aws_conn_id="aws_emr",
    )
    by_name = EmrAddStepsOperator(
        task_id="by_name", job_flow_name="made", cluster_states=["RUNNING", "WAITING"], steps=SPARK_STEPS, wait_for_completion=True
    )
    modify = EmrModifyClusterOperator(task_id="modify", cluster_id=create.output, step_concurrency_level=2)
    terminate = EmrTerminateJobFlowOperator(task_id="terminate", job_flow_id=create.output, aws_conn_id="aws_emr", trigger_rule="all_done")
    watch_cluster = EmrJobFlowSensor(task_id="watch_cluster", job_flow_id=create.output, target_states=["TERMINATED", "WAITING"])

    add_steps >> watch_step >> by_name >> modify >> terminate >> watch_cluster
