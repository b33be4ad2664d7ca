"""Memorystore of Google Cloud: each operator with what it must have, and with more."""
import sys
from datetime import datetime

from google.api_core.exceptions import NotFound
from google.cloud import memcache_v1beta2
from google.cloud.memcache_v1beta2 import CloudMemcacheClient
from google.cloud.redis_v1 import CloudRedisClient, Instance
from prefect import flow, task
from prefect_gcp import GcpCredentials

from airflow_resume import SAME_DATE


@task(
    name="cloud_memorystore_create_instance",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_memorystore_create_instance():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = CloudRedisClient(credentials=gcp_credentials.get_credentials_from_service_account())
    parent = f"projects/{gcp_credentials.project}/locations/eu"
    try:
        found = client.get_instance(request={"name": f"{parent}/instances/the-instance-id"})
    except NotFound:
        client.create_instance(
            request={"parent": parent, "instance_id": "the-instance-id", "instance": {"display_name": "x"}}
        ).result()
        found = client.get_instance(request={"name": f"{parent}/instances/the-instance-id"})
    return Instance.to_dict(found)


@task(
    name="cloud_memorystore_create_instance_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_memorystore_create_instance_all():
    client = CloudRedisClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    parent = "projects/the-project-id/locations/eu"
    try:
        found = client.get_instance(request={"name": f"{parent}/instances/the-instance-id"})
    except NotFound:
        client.create_instance(
            request={"parent": parent, "instance_id": "the-instance-id", "instance": {"display_name": "x"}}
        ).result()
        found = client.get_instance(request={"name": f"{parent}/instances/the-instance-id"})
    return Instance.to_dict(found)


@task(
    name="cloud_memorystore_delete_instance",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_memorystore_delete_instance():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = CloudRedisClient(credentials=gcp_credentials.get_credentials_from_service_account())
    name = f"projects/{gcp_credentials.project}/locations/eu/instances/the-instance"
    client.get_instance(request={"name": name})
    client.delete_instance(request={"name": name}).result()


@task(
    name="cloud_memorystore_delete_instance_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_memorystore_delete_instance_all():
    client = CloudRedisClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    name = "projects/the-project-id/locations/eu/instances/the-instance"
    client.get_instance(request={"name": name})
    client.delete_instance(request={"name": name}).result()


@task(
    name="cloud_memorystore_export_instance",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_memorystore_export_instance():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = CloudRedisClient(credentials=gcp_credentials.get_credentials_from_service_account())
    name = f"projects/{gcp_credentials.project}/locations/eu/instances/the-instance"
    client.export_instance(request={"name": name, "output_config": {}}).result()


@task(
    name="cloud_memorystore_export_instance_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_memorystore_export_instance_all():
    client = CloudRedisClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    name = "projects/the-project-id/locations/eu/instances/the-instance"
    client.export_instance(request={"name": name, "output_config": {}}).result()


@task(
    name="cloud_memorystore_failover_instance",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_memorystore_failover_instance():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = CloudRedisClient(credentials=gcp_credentials.get_credentials_from_service_account())
    name = f"projects/{gcp_credentials.project}/locations/eu/instances/the-instance"
    client.failover_instance(request={"name": name, "data_protection_mode": 1}).result()


@task(
    name="cloud_memorystore_failover_instance_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_memorystore_failover_instance_all():
    client = CloudRedisClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    name = "projects/the-project-id/locations/eu/instances/the-instance"
    client.failover_instance(request={"name": name, "data_protection_mode": 1}).result()


@task(
    name="cloud_memorystore_get_instance",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_memorystore_get_instance():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = CloudRedisClient(credentials=gcp_credentials.get_credentials_from_service_account())
    name = f"projects/{gcp_credentials.project}/locations/eu/instances/the-instance"
    return Instance.to_dict(client.get_instance(request={"name": name}))


@task(
    name="cloud_memorystore_get_instance_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_memorystore_get_instance_all():
    client = CloudRedisClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    name = "projects/the-project-id/locations/eu/instances/the-instance"
    return Instance.to_dict(client.get_instance(request={"name": name}))


@task(
    name="cloud_memorystore_import",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_memorystore_import():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = CloudRedisClient(credentials=gcp_credentials.get_credentials_from_service_account())
    name = f"projects/{gcp_credentials.project}/locations/eu/instances/the-instance"
    client.import_instance(request={"name": name, "input_config": {"gcs_source": {"input_uris": ["gs://a"]}}}).result()


@task(
    name="cloud_memorystore_import_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_memorystore_import_all():
    client = CloudRedisClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    name = "projects/the-project-id/locations/eu/instances/the-instance"
    client.import_instance(request={"name": name, "input_config": {"gcs_source": {"input_uris": ["gs://a"]}}}).result()


@task(
    name="cloud_memorystore_list_instances",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_memorystore_list_instances():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = CloudRedisClient(credentials=gcp_credentials.get_credentials_from_service_account())
    found = client.list_instances(
        request={"parent": f"projects/{gcp_credentials.project}/locations/eu", "page_size": 10}
    )
    return [Instance.to_dict(instance) for instance in found]


@task(
    name="cloud_memorystore_list_instances_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_memorystore_list_instances_all():
    client = CloudRedisClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    found = client.list_instances(request={"parent": "projects/the-project-id/locations/eu", "page_size": 10})
    return [Instance.to_dict(instance) for instance in found]


@task(
    name="cloud_memorystore_update_instance",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_memorystore_update_instance():
    client = CloudRedisClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    new = Instance({"display_name": "x"})
    client.update_instance(request={"update_mask": {"paths": ["name"]}, "instance": new}).result()


@task(
    name="cloud_memorystore_update_instance_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_memorystore_update_instance_all():
    client = CloudRedisClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    new = Instance({"display_name": "x"})
    new.name = "projects/the-project-id/locations/eu/instances/the-instance-id"
    client.update_instance(request={"update_mask": {"paths": ["name"]}, "instance": new}).result()


@task(
    name="cloud_memorystore_scale_instance",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_memorystore_scale_instance():
    client = CloudRedisClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    new = Instance(memory_size_gb=5)
    client.update_instance(request={"update_mask": {"paths": ["memory_size_gb"]}, "instance": new}).result()


@task(
    name="cloud_memorystore_scale_instance_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_memorystore_scale_instance_all():
    client = CloudRedisClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    new = Instance(memory_size_gb=5)
    new.name = "projects/the-project-id/locations/eu/instances/the-instance-id"
    client.update_instance(request={"update_mask": {"paths": ["memory_size_gb"]}, "instance": new}).result()


@task(
    name="cloud_memorystore_create_instance_and_import",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_memorystore_create_instance_and_import():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = CloudRedisClient(credentials=gcp_credentials.get_credentials_from_service_account())
    parent = f"projects/{gcp_credentials.project}/locations/eu"
    name = f"{parent}/instances/the-instance-id"
    try:
        client.get_instance(request={"name": name})
    except NotFound:
        client.create_instance(
            request={"parent": parent, "instance_id": "the-instance-id", "instance": {"display_name": "x"}}
        ).result()
        client.get_instance(request={"name": name})
    client.import_instance(request={"name": name, "input_config": {"gcs_source": {"input_uris": ["gs://a"]}}}).result()


@task(
    name="cloud_memorystore_create_instance_and_import_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_memorystore_create_instance_and_import_all():
    client = CloudRedisClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    parent = "projects/the-project-id/locations/eu"
    name = f"{parent}/instances/the-instance-id"
    try:
        client.get_instance(request={"name": name})
    except NotFound:
        client.create_instance(
            request={"parent": parent, "instance_id": "the-instance-id", "instance": {"display_name": "x"}}
        ).result()
        client.get_instance(request={"name": name})
    client.import_instance(request={"name": name, "input_config": {"gcs_source": {"input_uris": ["gs://a"]}}}).result()


@task(
    name="cloud_memorystore_export_and_delete_instance",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_memorystore_export_and_delete_instance():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = CloudRedisClient(credentials=gcp_credentials.get_credentials_from_service_account())
    name = f"projects/{gcp_credentials.project}/locations/eu/instances/the-instance"
    client.export_instance(request={"name": name, "output_config": {}}).result()
    client.get_instance(request={"name": name})
    client.delete_instance(request={"name": name}).result()


@task(
    name="cloud_memorystore_export_and_delete_instance_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_memorystore_export_and_delete_instance_all():
    client = CloudRedisClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    name = "projects/the-project-id/locations/eu/instances/the-instance"
    client.export_instance(request={"name": name, "output_config": {}}).result()
    client.get_instance(request={"name": name})
    client.delete_instance(request={"name": name}).result()


@task(
    name="cloud_memorystore_memcached_apply_parameters",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_memorystore_memcached_apply_parameters():
    client = CloudMemcacheClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    name = "projects/p/locations/eu/instances/the-instance-id"
    client.apply_parameters(name=name, node_ids=["a"], apply_all=False).result()


@task(
    name="cloud_memorystore_memcached_apply_parameters_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_memorystore_memcached_apply_parameters_all():
    client = CloudMemcacheClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    name = "projects/the-project-id/locations/eu/instances/the-instance-id"
    client.apply_parameters(name=name, node_ids=["a"], apply_all=False).result()


@task(
    name="cloud_memorystore_memcached_create_instance",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_memorystore_memcached_create_instance():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = CloudMemcacheClient(credentials=gcp_credentials.get_credentials_from_service_account())
    parent = f"projects/{gcp_credentials.project}/locations/eu"
    try:
        found = client.get_instance(name=f"{parent}/instances/the-instance-id")
    except NotFound:
        client.create_instance(
            parent=parent, instance_id="the-instance-id", resource=memcache_v1beta2.Instance({"display_name": "x"})
        ).result()
        found = client.get_instance(name=f"{parent}/instances/the-instance-id")
    return memcache_v1beta2.Instance.to_dict(found)


@task(
    name="cloud_memorystore_memcached_create_instance_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_memorystore_memcached_create_instance_all():
    client = CloudMemcacheClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    parent = "projects/the-project-id/locations/eu"
    try:
        found = client.get_instance(name=f"{parent}/instances/the-instance-id")
    except NotFound:
        client.create_instance(
            parent=parent, instance_id="the-instance-id", resource=memcache_v1beta2.Instance({"display_name": "x"})
        ).result()
        found = client.get_instance(name=f"{parent}/instances/the-instance-id")
    return memcache_v1beta2.Instance.to_dict(found)


@task(
    name="cloud_memorystore_memcached_delete_instance",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_memorystore_memcached_delete_instance():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = CloudMemcacheClient(credentials=gcp_credentials.get_credentials_from_service_account())
    name = f"projects/{gcp_credentials.project}/locations/eu/instances/the-instance"
    client.get_instance(name=name)
    client.delete_instance(name=name).result()


@task(
    name="cloud_memorystore_memcached_delete_instance_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_memorystore_memcached_delete_instance_all():
    client = CloudMemcacheClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    name = "projects/the-project-id/locations/eu/instances/the-instance"
    client.get_instance(name=name)
    client.delete_instance(name=name).result()


@task(
    name="cloud_memorystore_memcached_get_instance",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_memorystore_memcached_get_instance():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = CloudMemcacheClient(credentials=gcp_credentials.get_credentials_from_service_account())
    found = client.get_instance(name=f"projects/{gcp_credentials.project}/locations/eu/instances/the-instance")
    return memcache_v1beta2.Instance.to_dict(found)


@task(
    name="cloud_memorystore_memcached_get_instance_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_memorystore_memcached_get_instance_all():
    client = CloudMemcacheClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    found = client.get_instance(name="projects/the-project-id/locations/eu/instances/the-instance")
    return memcache_v1beta2.Instance.to_dict(found)


@task(
    name="cloud_memorystore_memcached_list_instances",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_memorystore_memcached_list_instances():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = CloudMemcacheClient(credentials=gcp_credentials.get_credentials_from_service_account())
    found = client.list_instances(parent=f"projects/{gcp_credentials.project}/locations/eu")
    return [memcache_v1beta2.Instance.to_dict(instance) for instance in found]


@task(
    name="cloud_memorystore_memcached_list_instances_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_memorystore_memcached_list_instances_all():
    client = CloudMemcacheClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    found = client.list_instances(parent="projects/the-project-id/locations/eu")
    return [memcache_v1beta2.Instance.to_dict(instance) for instance in found]


@task(
    name="cloud_memorystore_memcached_update_instance",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_memorystore_memcached_update_instance():
    client = CloudMemcacheClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    new = memcache_v1beta2.Instance({"display_name": "x"})
    client.update_instance(update_mask={"paths": ["name"]}, resource=new).result()


@task(
    name="cloud_memorystore_memcached_update_instance_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_memorystore_memcached_update_instance_all():
    client = CloudMemcacheClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    new = memcache_v1beta2.Instance({"display_name": "x"})
    new.name = "projects/the-project-id/locations/eu/instances/the-instance-id"
    client.update_instance(update_mask={"paths": ["name"]}, resource=new).result()


@task(
    name="cloud_memorystore_memcached_update_parameters",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_memorystore_memcached_update_parameters():
    client = CloudMemcacheClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    name = "projects/p/locations/eu/instances/the-instance-id"
    client.update_parameters(name=name, update_mask={"paths": ["name"]}, parameters={"id": "a"}).result()


@task(
    name="cloud_memorystore_memcached_update_parameters_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_memorystore_memcached_update_parameters_all():
    client = CloudMemcacheClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    name = "projects/the-project-id/locations/eu/instances/the-instance-id"
    client.update_parameters(name=name, update_mask={"paths": ["name"]}, parameters={"id": "a"}).result()


@flow(name="google_memorystore")
def google_memorystore(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    cloud_memorystore_create_instance_run = cloud_memorystore_create_instance.submit()
    cloud_memorystore_create_instance_all_run = cloud_memorystore_create_instance_all.submit()
    cloud_memorystore_delete_instance_run = cloud_memorystore_delete_instance.submit()
    cloud_memorystore_delete_instance_all_run = cloud_memorystore_delete_instance_all.submit()
    cloud_memorystore_export_instance_run = cloud_memorystore_export_instance.submit()
    cloud_memorystore_export_instance_all_run = cloud_memorystore_export_instance_all.submit()
    cloud_memorystore_failover_instance_run = cloud_memorystore_failover_instance.submit()
    cloud_memorystore_failover_instance_all_run = cloud_memorystore_failover_instance_all.submit()
    cloud_memorystore_get_instance_run = cloud_memorystore_get_instance.submit()
    cloud_memorystore_get_instance_all_run = cloud_memorystore_get_instance_all.submit()
    cloud_memorystore_import_run = cloud_memorystore_import.submit()
    cloud_memorystore_import_all_run = cloud_memorystore_import_all.submit()
    cloud_memorystore_list_instances_run = cloud_memorystore_list_instances.submit()
    cloud_memorystore_list_instances_all_run = cloud_memorystore_list_instances_all.submit()
    cloud_memorystore_update_instance_run = cloud_memorystore_update_instance.submit()
    cloud_memorystore_update_instance_all_run = cloud_memorystore_update_instance_all.submit()
    cloud_memorystore_scale_instance_run = cloud_memorystore_scale_instance.submit()
    cloud_memorystore_scale_instance_all_run = cloud_memorystore_scale_instance_all.submit()
    cloud_memorystore_create_instance_and_import_run = cloud_memorystore_create_instance_and_import.submit()
    cloud_memorystore_create_instance_and_import_all_run = cloud_memorystore_create_instance_and_import_all.submit()
    cloud_memorystore_export_and_delete_instance_run = cloud_memorystore_export_and_delete_instance.submit()
    cloud_memorystore_export_and_delete_instance_all_run = cloud_memorystore_export_and_delete_instance_all.submit()
    cloud_memorystore_memcached_apply_parameters_run = cloud_memorystore_memcached_apply_parameters.submit()
    cloud_memorystore_memcached_apply_parameters_all_run = cloud_memorystore_memcached_apply_parameters_all.submit()
    cloud_memorystore_memcached_create_instance_run = cloud_memorystore_memcached_create_instance.submit()
    cloud_memorystore_memcached_create_instance_all_run = cloud_memorystore_memcached_create_instance_all.submit()
    cloud_memorystore_memcached_delete_instance_run = cloud_memorystore_memcached_delete_instance.submit()
    cloud_memorystore_memcached_delete_instance_all_run = cloud_memorystore_memcached_delete_instance_all.submit()
    cloud_memorystore_memcached_get_instance_run = cloud_memorystore_memcached_get_instance.submit()
    cloud_memorystore_memcached_get_instance_all_run = cloud_memorystore_memcached_get_instance_all.submit()
    cloud_memorystore_memcached_list_instances_run = cloud_memorystore_memcached_list_instances.submit()
    cloud_memorystore_memcached_list_instances_all_run = cloud_memorystore_memcached_list_instances_all.submit()
    cloud_memorystore_memcached_update_instance_run = cloud_memorystore_memcached_update_instance.submit()
    cloud_memorystore_memcached_update_instance_all_run = cloud_memorystore_memcached_update_instance_all.submit()
    cloud_memorystore_memcached_update_parameters_run = cloud_memorystore_memcached_update_parameters.submit()
    cloud_memorystore_memcached_update_parameters_all_run = cloud_memorystore_memcached_update_parameters_all.submit()
    return [
        cloud_memorystore_create_instance_run,
        cloud_memorystore_create_instance_all_run,
        cloud_memorystore_delete_instance_run,
        cloud_memorystore_delete_instance_all_run,
        cloud_memorystore_export_instance_run,
        cloud_memorystore_export_instance_all_run,
        cloud_memorystore_failover_instance_run,
        cloud_memorystore_failover_instance_all_run,
        cloud_memorystore_get_instance_run,
        cloud_memorystore_get_instance_all_run,
        cloud_memorystore_import_run,
        cloud_memorystore_import_all_run,
        cloud_memorystore_list_instances_run,
        cloud_memorystore_list_instances_all_run,
        cloud_memorystore_update_instance_run,
        cloud_memorystore_update_instance_all_run,
        cloud_memorystore_scale_instance_run,
        cloud_memorystore_scale_instance_all_run,
        cloud_memorystore_create_instance_and_import_run,
        cloud_memorystore_create_instance_and_import_all_run,
        cloud_memorystore_export_and_delete_instance_run,
        cloud_memorystore_export_and_delete_instance_all_run,
        cloud_memorystore_memcached_apply_parameters_run,
        cloud_memorystore_memcached_apply_parameters_all_run,
        cloud_memorystore_memcached_create_instance_run,
        cloud_memorystore_memcached_create_instance_all_run,
        cloud_memorystore_memcached_delete_instance_run,
        cloud_memorystore_memcached_delete_instance_all_run,
        cloud_memorystore_memcached_get_instance_run,
        cloud_memorystore_memcached_get_instance_all_run,
        cloud_memorystore_memcached_list_instances_run,
        cloud_memorystore_memcached_list_instances_all_run,
        cloud_memorystore_memcached_update_instance_run,
        cloud_memorystore_memcached_update_instance_all_run,
        cloud_memorystore_memcached_update_parameters_run,
        cloud_memorystore_memcached_update_parameters_all_run,
    ]


if __name__ == "__main__":
    sys.exit(not google_memorystore(return_state=True).is_completed())
