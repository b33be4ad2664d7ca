"""Memorystore of Google Cloud: each operator with what it must have, and with more."""
from datetime import datetime

from airflow import DAG
from airflow.providers.google.cloud.operators.cloud_memorystore import (
    CloudMemorystoreCreateInstanceAndImportOperator,
    CloudMemorystoreCreateInstanceOperator,
    CloudMemorystoreDeleteInstanceOperator,
    CloudMemorystoreExportAndDeleteInstanceOperator,
    CloudMemorystoreExportInstanceOperator,
    CloudMemorystoreFailoverInstanceOperator,
    CloudMemorystoreGetInstanceOperator,
    CloudMemorystoreImportOperator,
    CloudMemorystoreListInstancesOperator,
    CloudMemorystoreMemcachedApplyParametersOperator,
    CloudMemorystoreMemcachedCreateInstanceOperator,
    CloudMemorystoreMemcachedDeleteInstanceOperator,
    CloudMemorystoreMemcachedGetInstanceOperator,
    CloudMemorystoreMemcachedListInstancesOperator,
    CloudMemorystoreMemcachedUpdateInstanceOperator,
    CloudMemorystoreMemcachedUpdateParametersOperator,
    CloudMemorystoreScaleInstanceOperator,
    CloudMemorystoreUpdateInstanceOperator,
)

with DAG('google_memorystore', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False) as dag:
    CloudMemorystoreCreateInstanceOperator(task_id="cloud_memorystore_create_instance", location="eu", instance_id="the-instance-id", instance={"display_name": "x"})
    CloudMemorystoreCreateInstanceOperator(task_id="cloud_memorystore_create_instance_all", location="eu", instance_id="the-instance-id", instance={"display_name": "x"}, project_id="the-project-id")
    CloudMemorystoreDeleteInstanceOperator(task_id="cloud_memorystore_delete_instance", location="eu", instance="the-instance")
    CloudMemorystoreDeleteInstanceOperator(task_id="cloud_memorystore_delete_instance_all", location="eu", instance="the-instance", project_id="the-project-id")
    CloudMemorystoreExportInstanceOperator(task_id="cloud_memorystore_export_instance", location="eu", instance="the-instance", output_config={})
    CloudMemorystoreExportInstanceOperator(task_id="cloud_memorystore_export_instance_all", location="eu", instance="the-instance", output_config={}, project_id="the-project-id")
    CloudMemorystoreFailoverInstanceOperator(task_id="cloud_memorystore_failover_instance", location="eu", instance="the-instance", data_protection_mode=1)
    CloudMemorystoreFailoverInstanceOperator(task_id="cloud_memorystore_failover_instance_all", location="eu", instance="the-instance", data_protection_mode=1, project_id="the-project-id")
    CloudMemorystoreGetInstanceOperator(task_id="cloud_memorystore_get_instance", location="eu", instance="the-instance")
    CloudMemorystoreGetInstanceOperator(task_id="cloud_memorystore_get_instance_all", location="eu", instance="the-instance", project_id="the-project-id")
    CloudMemorystoreImportOperator(task_id="cloud_memorystore_import", location="eu", instance="the-instance", input_config={"gcs_source": {"input_uris": ["gs://a"]}})
    CloudMemorystoreImportOperator(task_id="cloud_memorystore_import_all", location="eu", instance="the-instance", input_config={"gcs_source": {"input_uris": ["gs://a"]}}, project_id="the-project-id")
    CloudMemorystoreListInstancesOperator(task_id="cloud_memorystore_list_instances", location="eu", page_size=10)
    CloudMemorystoreListInstancesOperator(task_id="cloud_memorystore_list_instances_all", location="eu", page_size=10, project_id="the-project-id")
    CloudMemorystoreUpdateInstanceOperator(task_id="cloud_memorystore_update_instance", update_mask={"paths": ["name"]}, instance={"display_name": "x"})
    CloudMemorystoreUpdateInstanceOperator(task_id="cloud_memorystore_update_instance_all", update_mask={"paths": ["name"]}, instance={"display_name": "x"}, location="eu", instance_id="the-instance-id", project_id="the-project-id")
    CloudMemorystoreScaleInstanceOperator(task_id="cloud_memorystore_scale_instance", memory_size_gb=5)
    CloudMemorystoreScaleInstanceOperator(task_id="cloud_memorystore_scale_instance_all", memory_size_gb=5, location="eu", instance_id="the-instance-id", project_id="the-project-id")
    CloudMemorystoreCreateInstanceAndImportOperator(task_id="cloud_memorystore_create_instance_and_import", location="eu", instance_id="the-instance-id", instance={"display_name": "x"}, input_config={"gcs_source": {"input_uris": ["gs://a"]}})
    CloudMemorystoreCreateInstanceAndImportOperator(task_id="cloud_memorystore_create_instance_and_import_all", location="eu", instance_id="the-instance-id", instance={"display_name": "x"}, input_config={"gcs_source": {"input_uris": ["gs://a"]}}, project_id="the-project-id")
    CloudMemorystoreExportAndDeleteInstanceOperator(task_id="cloud_memorystore_export_and_delete_instance", location="eu", instance="the-instance", output_config={})
    CloudMemorystoreExportAndDeleteInstanceOperator(task_id="cloud_memorystore_export_and_delete_instance_all", location="eu", instance="the-instance", output_config={}, project_id="the-project-id")
    CloudMemorystoreMemcachedApplyParametersOperator(task_id="cloud_memorystore_memcached_apply_parameters", node_ids=["a"], apply_all=False, location="eu", instance_id="the-instance-id", project_id="p")
    CloudMemorystoreMemcachedApplyParametersOperator(task_id="cloud_memorystore_memcached_apply_parameters_all", node_ids=["a"], apply_all=False, location="eu", instance_id="the-instance-id", project_id="the-project-id")
    CloudMemorystoreMemcachedCreateInstanceOperator(task_id="cloud_memorystore_memcached_create_instance", location="eu", instance_id="the-instance-id", instance={"display_name": "x"})
    CloudMemorystoreMemcachedCreateInstanceOperator(task_id="cloud_memorystore_memcached_create_instance_all", location="eu", instance_id="the-instance-id", instance={"display_name": "x"}, project_id="the-project-id")
    CloudMemorystoreMemcachedDeleteInstanceOperator(task_id="cloud_memorystore_memcached_delete_instance", location="eu", instance="the-instance")
    CloudMemorystoreMemcachedDeleteInstanceOperator(task_id="cloud_memorystore_memcached_delete_instance_all", location="eu", instance="the-instance", project_id="the-project-id")
    CloudMemorystoreMemcachedGetInstanceOperator(task_id="cloud_memorystore_memcached_get_instance", location="eu", instance="the-instance")
    CloudMemorystoreMemcachedGetInstanceOperator(task_id="cloud_memorystore_memcached_get_instance_all", location="eu", instance="the-instance", project_id="the-project-id")
    CloudMemorystoreMemcachedListInstancesOperator(task_id="cloud_memorystore_memcached_list_instances", location="eu")
    CloudMemorystoreMemcachedListInstancesOperator(task_id="cloud_memorystore_memcached_list_instances_all", location="eu", project_id="the-project-id")
    CloudMemorystoreMemcachedUpdateInstanceOperator(task_id="cloud_memorystore_memcached_update_instance", update_mask={"paths": ["name"]}, instance={"display_name": "x"})
    CloudMemorystoreMemcachedUpdateInstanceOperator(task_id="cloud_memorystore_memcached_update_instance_all", update_mask={"paths": ["name"]}, instance={"display_name": "x"}, location="eu", instance_id="the-instance-id", project_id="the-project-id")
    CloudMemorystoreMemcachedUpdateParametersOperator(task_id="cloud_memorystore_memcached_update_parameters", update_mask={"paths": ["name"]}, parameters={"id": "a"}, location="eu", instance_id="the-instance-id", project_id="p")
    CloudMemorystoreMemcachedUpdateParametersOperator(task_id="cloud_memorystore_memcached_update_parameters_all", update_mask={"paths": ["name"]}, parameters={"id": "a"}, location="eu", instance_id="the-instance-id", project_id="the-project-id")
