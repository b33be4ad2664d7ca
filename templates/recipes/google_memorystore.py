"""Memorystore: airflow/providers/google/cloud/operators/cloud_memorystore.py. The label that names Airflow's version is left out."""

from google.api_core.exceptions import NotFound
from google.cloud import memcache_v1beta2
from google.cloud.memcache_v1beta2 import CloudMemcacheClient
from google.cloud.redis_v1 import CloudRedisClient, Instance


@operator("airflow.providers.google.cloud.operators.cloud_memorystore.CloudMemorystoreCreateInstanceOperator")
def create(location, instance_id, instance, project_id=project):
    client = CloudRedisClient(credentials=credentials)
    parent = f"projects/{project_id}/locations/{location}"
    try:
        found = client.get_instance(request={"name": f"{parent}/instances/{instance_id}"}, **options)
    except NotFound:
        client.create_instance(request={"parent": parent, "instance_id": instance_id, "instance": instance}, **options).result()
        found = client.get_instance(request={"name": f"{parent}/instances/{instance_id}"}, **options)
    return Instance.to_dict(found)


@operator("airflow.providers.google.cloud.operators.cloud_memorystore.CloudMemorystoreDeleteInstanceOperator")
def delete(location, instance, project_id=project):
    client = CloudRedisClient(credentials=credentials)
    name = f"projects/{project_id}/locations/{location}/instances/{instance}"
    client.get_instance(request={"name": name}, **options)
    client.delete_instance(request={"name": name}, **options).result()


@operator("airflow.providers.google.cloud.operators.cloud_memorystore.CloudMemorystoreExportInstanceOperator")
def export(location, instance, output_config, project_id=project):
    client = CloudRedisClient(credentials=credentials)
    name = f"projects/{project_id}/locations/{location}/instances/{instance}"
    client.export_instance(request={"name": name, "output_config": output_config}, **options).result()


@operator("airflow.providers.google.cloud.operators.cloud_memorystore.CloudMemorystoreFailoverInstanceOperator")
def failover(location, instance, data_protection_mode, project_id=project):
    client = CloudRedisClient(credentials=credentials)
    name = f"projects/{project_id}/locations/{location}/instances/{instance}"
    client.failover_instance(request={"name": name, "data_protection_mode": data_protection_mode}, **options).result()


@operator("airflow.providers.google.cloud.operators.cloud_memorystore.CloudMemorystoreGetInstanceOperator")
def get(location, instance, project_id=project):
    client = CloudRedisClient(credentials=credentials)
    name = f"projects/{project_id}/locations/{location}/instances/{instance}"
    return Instance.to_dict(client.get_instance(request={"name": name}, **options))


@operator("airflow.providers.google.cloud.operators.cloud_memorystore.CloudMemorystoreImportOperator")
def load(location, instance, input_config, project_id=project):
    client = CloudRedisClient(credentials=credentials)
    name = f"projects/{project_id}/locations/{location}/instances/{instance}"
    client.import_instance(request={"name": name, "input_config": input_config}, **options).result()


@operator("airflow.providers.google.cloud.operators.cloud_memorystore.CloudMemorystoreListInstancesOperator")
def list_instances(location, page_size, project_id=project):
    client = CloudRedisClient(credentials=credentials)
    found = client.list_instances(request={"parent": f"projects/{project_id}/locations/{location}", "page_size": page_size}, **options)
    return [Instance.to_dict(instance) for instance in found]


@operator("airflow.providers.google.cloud.operators.cloud_memorystore.CloudMemorystoreUpdateInstanceOperator")
def update(update_mask, instance, location=None, instance_id=None, project_id=project):
    client = CloudRedisClient(credentials=credentials)
    new = Instance(instance)
    if location and instance_id:
        new.name = f"projects/{project_id}/locations/{location}/instances/{instance_id}"
    client.update_instance(request={"update_mask": update_mask, "instance": new}, **options).result()


@operator("airflow.providers.google.cloud.operators.cloud_memorystore.CloudMemorystoreScaleInstanceOperator")
def scale(memory_size_gb, location=None, instance_id=None, project_id=project):
    client = CloudRedisClient(credentials=credentials)
    new = Instance(memory_size_gb=memory_size_gb)
    if location and instance_id:
        new.name = f"projects/{project_id}/locations/{location}/instances/{instance_id}"
    client.update_instance(request={"update_mask": {"paths": ["memory_size_gb"]}, "instance": new}, **options).result()


@operator("airflow.providers.google.cloud.operators.cloud_memorystore.CloudMemorystoreCreateInstanceAndImportOperator")
def create_and_import(location, instance_id, instance, input_config, project_id=project):
    client = CloudRedisClient(credentials=credentials)
    parent = f"projects/{project_id}/locations/{location}"
    name = f"{parent}/instances/{instance_id}"
    try:
        client.get_instance(request={"name": name}, **options)
    except NotFound:
        client.create_instance(request={"parent": parent, "instance_id": instance_id, "instance": instance}, **options).result()
        client.get_instance(request={"name": name}, **options)
    client.import_instance(request={"name": name, "input_config": input_config}, **options).result()


@operator("airflow.providers.google.cloud.operators.cloud_memorystore.CloudMemorystoreExportAndDeleteInstanceOperator")
def export_and_delete(location, instance, output_config, project_id=project):
    client = CloudRedisClient(credentials=credentials)
    name = f"projects/{project_id}/locations/{location}/instances/{instance}"
    client.export_instance(request={"name": name, "output_config": output_config}, **options).result()
    client.get_instance(request={"name": name}, **options)
    client.delete_instance(request={"name": name}, **options).result()


@operator("airflow.providers.google.cloud.operators.cloud_memorystore.CloudMemorystoreMemcachedApplyParametersOperator")
def memcached_apply(node_ids, apply_all, location, instance_id, project_id=project):
    client = CloudMemcacheClient(credentials=credentials)
    name = f"projects/{project_id}/locations/{location}/instances/{instance_id}"
    client.apply_parameters(name=name, node_ids=node_ids, apply_all=apply_all, **options).result()


@operator("airflow.providers.google.cloud.operators.cloud_memorystore.CloudMemorystoreMemcachedCreateInstanceOperator")
def memcached_create(location, instance_id, instance, project_id=project):
    client = CloudMemcacheClient(credentials=credentials)
    parent = f"projects/{project_id}/locations/{location}"
    try:
        found = client.get_instance(name=f"{parent}/instances/{instance_id}", **options)
    except NotFound:
        client.create_instance(parent=parent, instance_id=instance_id, resource=memcache_v1beta2.Instance(instance), **options).result()
        found = client.get_instance(name=f"{parent}/instances/{instance_id}", **options)
    return memcache_v1beta2.Instance.to_dict(found)


@operator("airflow.providers.google.cloud.operators.cloud_memorystore.CloudMemorystoreMemcachedDeleteInstanceOperator")
def memcached_delete(location, instance, project_id=project):
    client = CloudMemcacheClient(credentials=credentials)
    name = f"projects/{project_id}/locations/{location}/instances/{instance}"
    client.get_instance(name=name, **options)
    client.delete_instance(name=name, **options).result()


@operator("airflow.providers.google.cloud.operators.cloud_memorystore.CloudMemorystoreMemcachedGetInstanceOperator")
def memcached_get(location, instance, project_id=project):
    client = CloudMemcacheClient(credentials=credentials)
    found = client.get_instance(name=f"projects/{project_id}/locations/{location}/instances/{instance}", **options)
    return memcache_v1beta2.Instance.to_dict(found)


@operator("airflow.providers.google.cloud.operators.cloud_memorystore.CloudMemorystoreMemcachedListInstancesOperator")
def memcached_list(location, project_id=project):
    client = CloudMemcacheClient(credentials=credentials)
    found = client.list_instances(parent=f"projects/{project_id}/locations/{location}", **options)
    return [memcache_v1beta2.Instance.to_dict(instance) for instance in found]


@operator("airflow.providers.google.cloud.operators.cloud_memorystore.CloudMemorystoreMemcachedUpdateInstanceOperator")
def memcached_update(update_mask, instance, location=None, instance_id=None, project_id=project):
    client = CloudMemcacheClient(credentials=credentials)
    new = memcache_v1beta2.Instance(instance)
    if location and instance_id:
        new.name = f"projects/{project_id}/locations/{location}/instances/{instance_id}"
    client.update_instance(update_mask=update_mask, resource=new, **options).result()


@operator("airflow.providers.google.cloud.operators.cloud_memorystore.CloudMemorystoreMemcachedUpdateParametersOperator")
def memcached_update_parameters(update_mask, parameters, location, instance_id, project_id=project):
    client = CloudMemcacheClient(credentials=credentials)
    name = f"projects/{project_id}/locations/{location}/instances/{instance_id}"
    client.update_parameters(name=name, update_mask=update_mask, parameters=parameters, **options).result()
