"""Jobs and messages: airflow/providers/amazon/aws/{operators,sensors} of athena, ecs, glue, lambda, sns, sqs, redshift; airflow/contrib of 1.10."""

import json

from airflow_aws_jobs import check_task, cluster_status, invoke, message_attributes_of, query_ended, started_task, succeeded, wait_for_query


@operator(
    "airflow.contrib.operators.sns_publish_operator.SnsPublishOperator",
    "airflow.providers.amazon.aws.operators.sns.SnsPublishOperator",
)
def publish(target_arn, message, subject=None, message_attributes=None):
    sns = client("sns")
    return sns.publish(
        TargetArn=target_arn, MessageStructure="json", Message=json.dumps({"default": message}), Subject=subject,
        MessageAttributes=None if message_attributes is None else message_attributes_of(message_attributes),
    )


@operator(
    "airflow.contrib.operators.aws_sqs_publish_operator.SQSPublishOperator",
    "airflow.providers.amazon.aws.operators.sqs.SQSPublishOperator",
    "airflow.providers.amazon.aws.operators.sqs.SqsPublishOperator",
)
def send(sqs_queue, message_content, message_attributes={}, delay_seconds=0, message_group_id=None, message_deduplication_id=None):
    sqs = client("sqs")
    return sqs.send_message(
        QueueUrl=sqs_queue, MessageBody=message_content, DelaySeconds=delay_seconds, MessageAttributes=message_attributes,
        MessageGroupId=message_group_id, MessageDeduplicationId=message_deduplication_id,
    )


@operator(
    "airflow.providers.amazon.aws.operators.lambda_function.LambdaInvokeFunctionOperator",
    "airflow.providers.amazon.aws.operators.lambda_function.AwsLambdaInvokeFunctionOperator",
    "airflow.providers.amazon.aws.operators.aws_lambda.AwsLambdaInvokeFunctionOperator",
)
def call(
    function_name, log_type=None, keep_empty_log_lines=True, qualifier=None, invocation_type=None, client_context=None, payload=None,
):
    return invoke(
        client("lambda"), FunctionName=function_name, InvocationType=invocation_type, LogType=log_type, ClientContext=client_context,
        Payload=payload, Qualifier=qualifier,
    )


@operator(
    "airflow.contrib.operators.aws_athena_operator.AWSAthenaOperator",
    "airflow.providers.amazon.aws.operators.athena.AWSAthenaOperator",
    "airflow.providers.amazon.aws.operators.athena.AthenaOperator",
)
def query_athena(
    query, database, output_location=None, client_request_token=None, workgroup="primary", query_execution_context=None, result_configuration=None,
    sleep_time=None, max_tries=None, max_polling_attempts=max_tries, log_query=True, catalog="AwsDataCatalog",
):
    athena = client("athena")
    if airflow == 1:
        started = athena.start_query_execution(
            QueryString=query, QueryExecutionContext={**query_execution_context, "Database": database},
            ResultConfiguration={**result_configuration, "OutputLocation": output_location}, WorkGroup=workgroup,
            ClientRequestToken=client_request_token,
        )
    else:
        started = athena.start_query_execution(
            QueryString=query, QueryExecutionContext={**query_execution_context, "Database": database, "Catalog": catalog},
            ResultConfiguration={**result_configuration, "OutputLocation": output_location}, WorkGroup=workgroup,
            ClientRequestToken=client_request_token,
        )
    wait_for_query(athena, started["QueryExecutionId"], pause=sleep_time, attempts=max_polling_attempts)
    return started["QueryExecutionId"]


@sensor(
    "airflow.contrib.sensors.aws_athena_sensor.AthenaSensor", "airflow.providers.amazon.aws.sensors.athena.AthenaSensor",
)
def athena_ended(query_execution_id, max_retires=None, max_retries=None, sleep_time=10):
    athena = client("athena")
    return query_ended(athena, query_execution_id)


@operator(
    "airflow.contrib.operators.ecs_operator.ECSOperator", "airflow.providers.amazon.aws.operators.ecs.ECSOperator",
)
def run_task_1(
    task_definition, cluster, overrides, launch_type="EC2", capacity_provider_strategy=None, group=None, placement_constraints=None,
    placement_strategy=None, platform_version=None, network_configuration=None, tags=None, awslogs_group=None, awslogs_region=None,
    awslogs_stream_prefix=None, propagate_tags=None, quota_retry=None, reattach=False, aws_conn_id=None,
):
    if airflow != 1:
        if awslogs_group:
            refuse(awslogs_group)
    if capacity_provider_strategy:
        refuse(capacity_provider_strategy)
    if quota_retry:
        refuse(quota_retry)
    if reattach:
        refuse(reattach)
    ecs = client("ecs")
    task_arn = started_task(
        ecs, cluster=cluster, taskDefinition=task_definition, overrides=overrides, startedBy=owner, launchType=launch_type,
        platformVersion=(platform_version or "LATEST") if launch_type == "FARGATE" else None, group=group,
        placementConstraints=placement_constraints, placementStrategy=placement_strategy, networkConfiguration=network_configuration,
        tags=None if tags is None else [{"key": key, "value": value} for key, value in tags.items()], propagateTags=propagate_tags,
    )
    waiter = ecs.get_waiter("tasks_stopped")
    waiter.wait(cluster=cluster, tasks=[task_arn], WaiterConfig={"MaxAttempts": 1000000})
    check_task(ecs, cluster, task_arn)


@operator("airflow.providers.amazon.aws.operators.ecs.EcsRunTaskOperator")
def run_task(
    task_definition, cluster, overrides, launch_type="EC2", capacity_provider_strategy=None, volume_configurations=None, group=None,
    placement_constraints=None, placement_strategy=None, platform_version=None, network_configuration=None, tags=None, awslogs_group=None,
    awslogs_region=None, awslogs_stream_prefix=None, awslogs_fetch_interval=None, container_name=None, propagate_tags=None, quota_retry=None,
    reattach=False, number_logs_exception=10, wait_for_completion=True, waiter_delay=6, waiter_max_attempts=1000000,
):
    if awslogs_group:
        refuse(awslogs_group)
    if quota_retry:
        refuse(quota_retry)
    if reattach:
        refuse(reattach)
    if capacity_provider_strategy:
        refuse(capacity_provider_strategy)
    ecs = client("ecs")
    task_arn = started_task(
        ecs, cluster=cluster, taskDefinition=task_definition, overrides=overrides, startedBy=owner, launchType=launch_type,
        volumeConfigurations=volume_configurations, platformVersion=platform_version, group=group, placementConstraints=placement_constraints,
        placementStrategy=placement_strategy, networkConfiguration=network_configuration,
        tags=None if tags is None else [{"key": key, "value": value} for key, value in tags.items()], propagateTags=propagate_tags,
    )
    push(ecs_task_arn=task_arn)
    if wait_for_completion:
        waiter = ecs.get_waiter("tasks_stopped")
        waiter.wait(cluster=cluster, tasks=[task_arn], WaiterConfig={"Delay": waiter_delay, "MaxAttempts": waiter_max_attempts})
        check_task(ecs, cluster, task_arn)


@sensor(
    "airflow.providers.amazon.aws.sensors.glue.AwsGlueJobSensor", "airflow.providers.amazon.aws.sensors.glue.GlueJobSensor",
)
def glue_job_ended(job_name, run_id, verbose=False):
    if verbose:
        refuse(verbose)
    glue = client("glue")
    return succeeded(
        glue.get_job_run(JobName=job_name, RunId=run_id, PredecessorsIncluded=True)["JobRun"]["JobRunState"], "SUCCEEDED",
        ["FAILED", "STOPPED", "TIMEOUT"],
    )


@sensor(
    "airflow.contrib.sensors.aws_redshift_cluster_sensor.AwsRedshiftClusterSensor",
    "airflow.providers.amazon.aws.sensors.redshift.AwsRedshiftClusterSensor",
    "airflow.providers.amazon.aws.sensors.redshift_cluster.RedshiftClusterSensor",
)
def redshift_ready(cluster_identifier, target_status="available"):
    redshift = client("redshift")
    return cluster_status(redshift, cluster_identifier) == target_status
