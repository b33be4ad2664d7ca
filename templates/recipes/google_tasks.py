"""Cloud Tasks: airflow/providers/google/cloud/operators/tasks.py"""

from google.api_core.exceptions import AlreadyExists
from google.cloud.tasks_v2 import CloudTasksClient, Queue, Task


@operator("airflow.providers.google.cloud.operators.tasks.CloudTasksQueueCreateOperator")
def create_queue(location, task_queue, project_id=project, queue_name=None):
    client = CloudTasksClient(credentials=credentials)

    new = Queue(task_queue)
    if queue_name:
        new.name = f"projects/{project_id}/locations/{location}/queues/{queue_name}"
        try:
            made = client.create_queue(request={"parent": f"projects/{project_id}/locations/{location}", "queue": new}, **options)
        except AlreadyExists:
            made = client.get_queue(request={"name": new.name}, **options)
    else:
        made = client.create_queue(request={"parent": f"projects/{project_id}/locations/{location}", "queue": new}, **options)
    return Queue.to_dict(made)


@operator("airflow.providers.google.cloud.operators.tasks.CloudTasksQueueUpdateOperator")
def update_queue(task_queue, project_id=project, location=None, queue_name=None, update_mask=None):
    client = CloudTasksClient(credentials=credentials)

    new = Queue(task_queue)
    if queue_name and location:
        new.name = f"projects/{project_id}/locations/{location}/queues/{queue_name}"
    return Queue.to_dict(client.update_queue(request={"queue": new, "update_mask": update_mask}, **options))


@operator("airflow.providers.google.cloud.operators.tasks.CloudTasksQueueGetOperator")
def get_queue(location, queue_name, project_id=project):
    client = CloudTasksClient(credentials=credentials)
    return Queue.to_dict(client.get_queue(request={"name": f"projects/{project_id}/locations/{location}/queues/{queue_name}"}, **options))


@operator("airflow.providers.google.cloud.operators.tasks.CloudTasksQueuePurgeOperator")
def purge_queue(location, queue_name, project_id=project):
    client = CloudTasksClient(credentials=credentials)
    return Queue.to_dict(client.purge_queue(request={"name": f"projects/{project_id}/locations/{location}/queues/{queue_name}"}, **options))


@operator("airflow.providers.google.cloud.operators.tasks.CloudTasksQueuePauseOperator")
def pause_queue(location, queue_name, project_id=project):
    client = CloudTasksClient(credentials=credentials)
    return Queue.to_dict(client.pause_queue(request={"name": f"projects/{project_id}/locations/{location}/queues/{queue_name}"}, **options))


@operator("airflow.providers.google.cloud.operators.tasks.CloudTasksQueueResumeOperator")
def resume_queue(location, queue_name, project_id=project):
    client = CloudTasksClient(credentials=credentials)
    return Queue.to_dict(client.resume_queue(request={"name": f"projects/{project_id}/locations/{location}/queues/{queue_name}"}, **options))


@operator("airflow.providers.google.cloud.operators.tasks.CloudTasksQueuesListOperator")
def list_queues(location, project_id=project, results_filter=None, page_size=None):
    client = CloudTasksClient(credentials=credentials)

    queues = client.list_queues(
        request={"parent": f"projects/{project_id}/locations/{location}", "filter": results_filter, "page_size": page_size}, **options
    )
    return [Queue.to_dict(queue) for queue in queues]


@operator("airflow.providers.google.cloud.operators.tasks.CloudTasksQueueDeleteOperator")
def delete_queue(location, queue_name, project_id=project):
    client = CloudTasksClient(credentials=credentials)
    client.delete_queue(request={"name": f"projects/{project_id}/locations/{location}/queues/{queue_name}"}, **options)


@operator("airflow.providers.google.cloud.operators.tasks.CloudTasksTaskCreateOperator")
def create_task(location, queue_name, task, project_id=project, task_name=None, response_view=None):
    client = CloudTasksClient(credentials=credentials)

    new = Task(task)
    if task_name:
        new.name = f"projects/{project_id}/locations/{location}/queues/{queue_name}/tasks/{task_name}"
    parent = f"projects/{project_id}/locations/{location}/queues/{queue_name}"
    return Task.to_dict(client.create_task(request={"parent": parent, "task": new, "response_view": response_view}, **options))


@operator("airflow.providers.google.cloud.operators.tasks.CloudTasksTaskGetOperator")
def get_task(location, queue_name, task_name, project_id=project, response_view=None):
    client = CloudTasksClient(credentials=credentials)
    name = f"projects/{project_id}/locations/{location}/queues/{queue_name}/tasks/{task_name}"
    return Task.to_dict(client.get_task(request={"name": name, "response_view": response_view}, **options))


@operator("airflow.providers.google.cloud.operators.tasks.CloudTasksTaskRunOperator")
def run_task(location, queue_name, task_name, project_id=project, response_view=None):
    client = CloudTasksClient(credentials=credentials)
    name = f"projects/{project_id}/locations/{location}/queues/{queue_name}/tasks/{task_name}"
    return Task.to_dict(client.run_task(request={"name": name, "response_view": response_view}, **options))


@operator("airflow.providers.google.cloud.operators.tasks.CloudTasksTasksListOperator")
def list_tasks(location, queue_name, project_id=project, response_view=None, page_size=None):
    client = CloudTasksClient(credentials=credentials)

    parent = f"projects/{project_id}/locations/{location}/queues/{queue_name}"
    tasks = client.list_tasks(request={"parent": parent, "response_view": response_view, "page_size": page_size}, **options)
    return [Task.to_dict(task) for task in tasks]


@operator("airflow.providers.google.cloud.operators.tasks.CloudTasksTaskDeleteOperator")
def delete_task(location, queue_name, task_name, project_id=project):
    client = CloudTasksClient(credentials=credentials)
    client.delete_task(request={"name": f"projects/{project_id}/locations/{location}/queues/{queue_name}/tasks/{task_name}"}, **options)
