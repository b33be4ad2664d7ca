"""Dataproc: airflow/providers/google/cloud/operators/dataproc.py, airflow/contrib/operators/dataproc_operator.py of 1.10.

The label that names Airflow's version is left out. The jobs of 1.10 succeed when somebody cancels them; on a retry they look
for the job before, which a task does not: it submits a new one.
"""

import time
from contextlib import suppress
from uuid import uuid4

from airflow_dataproc import create_cluster, wait_for_job
from google.api_core.exceptions import AlreadyExists
from google.cloud.dataproc_v1 import ClusterControllerClient, JobControllerClient, WorkflowTemplateServiceClient


@operator("airflow.providers.google.cloud.operators.dataproc.DataprocCreateClusterOperator")
def create(
    cluster_name, region, project_id=project, cluster_config=None, virtual_cluster_config=None, labels=None, request_id=None,
    delete_on_error=None, use_if_exists=None, num_retries_if_resource_is_not_ready=None,
):
    if num_retries_if_resource_is_not_ready:
        refuse(num_retries_if_resource_is_not_ready)
    client = ClusterControllerClient(
        credentials=credentials,
        client_options={"api_endpoint": f"{region}-dataproc.googleapis.com:443"} if region != "global" else None,
    )
    return create_cluster(
        client,
        {
            "project_id": project_id,
            "region": region,
            "cluster": {
                "project_id": project_id,
                "cluster_name": cluster_name,
                "config": cluster_config,
                "virtual_cluster_config": virtual_cluster_config,
                "labels": labels,
            },
            "request_id": request_id,
        },
        delete_on_error=delete_on_error,
        use_if_exists=use_if_exists,
    )


@operator("airflow.providers.google.cloud.operators.dataproc.DataprocDeleteClusterOperator")
def delete(region, cluster_name, project_id=project, cluster_uuid=None, request_id=None):
    client = ClusterControllerClient(
        credentials=credentials,
        client_options={"api_endpoint": f"{region}-dataproc.googleapis.com:443"} if region != "global" else None,
    )
    client.delete_cluster(
        request={
            "project_id": project_id, "region": region, "cluster_name": cluster_name, "cluster_uuid": cluster_uuid, "request_id": request_id
        },
        **options,
    ).result()


@operator("airflow.providers.google.cloud.operators.dataproc.DataprocUpdateClusterOperator")
def update(
    cluster_name, cluster, update_mask, graceful_decommission_timeout, region=location, location=None, request_id=None, project_id=project
):
    client = ClusterControllerClient(
        credentials=credentials,
        client_options={"api_endpoint": f"{region}-dataproc.googleapis.com:443"} if region != "global" else None,
    )
    client.update_cluster(
        request={
            "project_id": project_id,
            "region": region,
            "cluster_name": cluster_name,
            "cluster": cluster,
            "update_mask": update_mask,
            "graceful_decommission_timeout": graceful_decommission_timeout,
            "request_id": request_id,
        },
        **options,
    ).result()


@operator("airflow.providers.google.cloud.operators.dataproc.DataprocSubmitJobOperator")
def submit(job, region=location, location=None, project_id=project, request_id=None, asynchronous=False, wait_timeout=None):
    client = JobControllerClient(
        credentials=credentials,
        client_options={"api_endpoint": f"{region}-dataproc.googleapis.com:443"} if region != "global" else None,
    )
    submitted = client.submit_job(
        request={"project_id": project_id, "region": region, "job": job, "request_id": request_id}, **options
    )
    if not asynchronous:
        wait_for_job(client, project_id, region, submitted.reference.job_id, timeout=wait_timeout)
    return submitted.reference.job_id


@operator("airflow.providers.google.cloud.operators.dataproc.DataprocCreateWorkflowTemplateOperator")
def create_template(template, region=location, location=None, project_id=project):
    client = WorkflowTemplateServiceClient(
        credentials=credentials,
        client_options={"api_endpoint": f"{region}-dataproc.googleapis.com:443"} if region != "global" else None,
    )
    with suppress(AlreadyExists):
        client.create_workflow_template(
            request={"parent": f"projects/{project_id}/regions/{region}", "template": template}, **options
        )


@operator("airflow.providers.google.cloud.operators.dataproc.DataprocInstantiateWorkflowTemplateOperator")
def instantiate(template_id, region, project_id=project, version=None, request_id=None, parameters=None):
    client = WorkflowTemplateServiceClient(
        credentials=credentials,
        client_options={"api_endpoint": f"{region}-dataproc.googleapis.com:443"} if region != "global" else None,
    )
    name = f"projects/{project_id}/regions/{region}/workflowTemplates/{template_id}"
    client.instantiate_workflow_template(
        request={"name": name, "version": version, "request_id": request_id, "parameters": parameters}, **options
    ).result()


@operator("airflow.providers.google.cloud.operators.dataproc.DataprocInstantiateInlineWorkflowTemplateOperator")
def instantiate_inline(template, region, project_id=project, request_id=None):
    client = WorkflowTemplateServiceClient(
        credentials=credentials,
        client_options={"api_endpoint": f"{region}-dataproc.googleapis.com:443"} if region != "global" else None,
    )
    client.instantiate_inline_workflow_template(
        request={"parent": f"projects/{project_id}/regions/{region}", "template": template, "request_id": request_id}, **options
    ).result()


@operator("airflow.contrib.operators.dataproc_operator.DataprocClusterDeleteOperator")
def delete_1(cluster_name, project_id, region="global"):
    client = ClusterControllerClient(
        credentials=credentials,
        client_options={"api_endpoint": f"{region}-dataproc.googleapis.com:443"} if region != "global" else None,
    )
    client.delete_cluster(request={"project_id": project_id, "region": region, "cluster_name": cluster_name}).result()


@operator("airflow.contrib.operators.dataproc_operator.DataprocWorkflowTemplateInstantiateOperator")
def instantiate_1(template_id, project_id, region="global"):
    client = WorkflowTemplateServiceClient(
        credentials=credentials,
        client_options={"api_endpoint": f"{region}-dataproc.googleapis.com:443"} if region != "global" else None,
    )
    name = f"projects/{project_id}/regions/{region}/workflowTemplates/{template_id}"
    client.instantiate_workflow_template(request={"name": name}).result()


@operator("airflow.contrib.operators.dataproc_operator.DataProcPigOperator")
def pig_job_1(
    query=None, query_uri=None, variables=None, dataproc_pig_properties=None, dataproc_pig_jars=None, job_name=None, cluster_name="cluster-1", labels=None, region="global", job_error_states=None
):
    if job_error_states:
        refuse(job_error_states)
    client = JobControllerClient(
        credentials=credentials,
        client_options={"api_endpoint": f"{region}-dataproc.googleapis.com:443"} if region != "global" else None,
    )
    job_id = f"{job_name}_{uuid4().hex[:8]}" if job_name else f"{task_id}_{ds_nodash}_{uuid4().hex[:8]}"
    client.submit_job(
        request={
            "project_id": project,
            "region": region,
            "job": {
                "reference": {"project_id": project, "job_id": job_id},
                "placement": {"cluster_name": cluster_name},
                "labels": labels,
                "pig_job": {
                    "query_list": {"queries": [query]} if query else None,
                    "query_file_uri": query_uri if not query else None,
                    "script_variables": variables,
                    "properties": dataproc_pig_properties,
                    "jar_file_uris": dataproc_pig_jars,
                },
            },
        }
    )
    wait_for_job(client, project, region, job_id, cancelled_ok=True)


@operator("airflow.contrib.operators.dataproc_operator.DataProcHiveOperator")
def hive_job_1(
    query=None, query_uri=None, variables=None, dataproc_hive_properties=None, dataproc_hive_jars=None, job_name=None, cluster_name="cluster-1", labels=None, region="global", job_error_states=None
):
    if job_error_states:
        refuse(job_error_states)
    client = JobControllerClient(
        credentials=credentials,
        client_options={"api_endpoint": f"{region}-dataproc.googleapis.com:443"} if region != "global" else None,
    )
    job_id = f"{job_name}_{uuid4().hex[:8]}" if job_name else f"{task_id}_{ds_nodash}_{uuid4().hex[:8]}"
    client.submit_job(
        request={
            "project_id": project,
            "region": region,
            "job": {
                "reference": {"project_id": project, "job_id": job_id},
                "placement": {"cluster_name": cluster_name},
                "labels": labels,
                "hive_job": {
                    "query_list": {"queries": [query]} if query else None,
                    "query_file_uri": query_uri if not query else None,
                    "script_variables": variables,
                    "properties": dataproc_hive_properties,
                    "jar_file_uris": dataproc_hive_jars,
                },
            },
        }
    )
    wait_for_job(client, project, region, job_id, cancelled_ok=True)


@operator("airflow.contrib.operators.dataproc_operator.DataProcSparkSqlOperator")
def spark_sql_job_1(
    query=None, query_uri=None, variables=None, dataproc_spark_properties=None, dataproc_spark_jars=None, job_name=None, cluster_name="cluster-1", labels=None, region="global", job_error_states=None
):
    if job_error_states:
        refuse(job_error_states)
    client = JobControllerClient(
        credentials=credentials,
        client_options={"api_endpoint": f"{region}-dataproc.googleapis.com:443"} if region != "global" else None,
    )
    job_id = f"{job_name}_{uuid4().hex[:8]}" if job_name else f"{task_id}_{ds_nodash}_{uuid4().hex[:8]}"
    client.submit_job(
        request={
            "project_id": project,
            "region": region,
            "job": {
                "reference": {"project_id": project, "job_id": job_id},
                "placement": {"cluster_name": cluster_name},
                "labels": labels,
                "spark_sql_job": {
                    "query_list": {"queries": [query]} if query else None,
                    "query_file_uri": query_uri if not query else None,
                    "script_variables": variables,
                    "properties": dataproc_spark_properties,
                    "jar_file_uris": dataproc_spark_jars,
                },
            },
        }
    )
    wait_for_job(client, project, region, job_id, cancelled_ok=True)


@operator("airflow.contrib.operators.dataproc_operator.DataProcSparkOperator")
def spark_job_1(
    main_jar=None, main_class=None, arguments=None, archives=None, files=None, dataproc_spark_properties=None, dataproc_spark_jars=None, job_name=None, cluster_name="cluster-1", labels=None, region="global", job_error_states=None
):
    if job_error_states:
        refuse(job_error_states)
    client = JobControllerClient(
        credentials=credentials,
        client_options={"api_endpoint": f"{region}-dataproc.googleapis.com:443"} if region != "global" else None,
    )
    job_id = f"{job_name}_{uuid4().hex[:8]}" if job_name else f"{task_id}_{ds_nodash}_{uuid4().hex[:8]}"
    client.submit_job(
        request={
            "project_id": project,
            "region": region,
            "job": {
                "reference": {"project_id": project, "job_id": job_id},
                "placement": {"cluster_name": cluster_name},
                "labels": labels,
                "spark_job": {
                    "main_jar_file_uri": main_jar,
                    "main_class": main_class,
                    "args": arguments,
                    "archive_uris": archives,
                    "file_uris": files,
                    "properties": dataproc_spark_properties,
                    "jar_file_uris": dataproc_spark_jars,
                },
            },
        }
    )
    wait_for_job(client, project, region, job_id, cancelled_ok=True)


@operator("airflow.contrib.operators.dataproc_operator.DataProcHadoopOperator")
def hadoop_job_1(
    main_jar=None, main_class=None, arguments=None, archives=None, files=None, dataproc_hadoop_properties=None, dataproc_hadoop_jars=None, job_name=None, cluster_name="cluster-1", labels=None, region="global", job_error_states=None
):
    if job_error_states:
        refuse(job_error_states)
    client = JobControllerClient(
        credentials=credentials,
        client_options={"api_endpoint": f"{region}-dataproc.googleapis.com:443"} if region != "global" else None,
    )
    job_id = f"{job_name}_{uuid4().hex[:8]}" if job_name else f"{task_id}_{ds_nodash}_{uuid4().hex[:8]}"
    client.submit_job(
        request={
            "project_id": project,
            "region": region,
            "job": {
                "reference": {"project_id": project, "job_id": job_id},
                "placement": {"cluster_name": cluster_name},
                "labels": labels,
                "hadoop_job": {
                    "main_jar_file_uri": main_jar,
                    "main_class": main_class,
                    "args": arguments,
                    "archive_uris": archives,
                    "file_uris": files,
                    "properties": dataproc_hadoop_properties,
                    "jar_file_uris": dataproc_hadoop_jars,
                },
            },
        }
    )
    wait_for_job(client, project, region, job_id, cancelled_ok=True)


@operator("airflow.contrib.operators.dataproc_operator.DataProcPySparkOperator")
def pyspark_job_1(
    main, arguments=None, archives=None, pyfiles=None, files=None, dataproc_pyspark_properties=None, dataproc_pyspark_jars=None, job_name=None, cluster_name="cluster-1", labels=None, region="global", job_error_states=None
):
    if job_error_states:
        refuse(job_error_states)
    if "://" not in main:
        refuse(main)
    client = JobControllerClient(
        credentials=credentials,
        client_options={"api_endpoint": f"{region}-dataproc.googleapis.com:443"} if region != "global" else None,
    )
    job_id = f"{job_name}_{uuid4().hex[:8]}" if job_name else f"{task_id}_{ds_nodash}_{uuid4().hex[:8]}"
    client.submit_job(
        request={
            "project_id": project,
            "region": region,
            "job": {
                "reference": {"project_id": project, "job_id": job_id},
                "placement": {"cluster_name": cluster_name},
                "labels": labels,
                "pyspark_job": {
                    "main_python_file_uri": main,
                    "args": arguments,
                    "archive_uris": archives,
                    "file_uris": files,
                    "python_file_uris": pyfiles,
                    "properties": dataproc_pyspark_properties,
                    "jar_file_uris": dataproc_pyspark_jars,
                },
            },
        }
    )
    wait_for_job(client, project, region, job_id, cancelled_ok=True)
