"""Tasks of Google Cloud: each operator with what it must have, and with more."""
import sys
from datetime import datetime

from google.api_core.exceptions import AlreadyExists
from google.cloud.tasks_v2 import CloudTasksClient, Queue, Task
from prefect import flow, task
from prefect_gcp import GcpCredentials

from airflow_resume import SAME_DATE


@task(
    name="cloud_tasks_queue_create",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_tasks_queue_create():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = CloudTasksClient(credentials=gcp_credentials.get_credentials_from_service_account())
    new = Queue("the-task-queue")
    made = client.create_queue(request={"parent": f"projects/{gcp_credentials.project}/locations/eu", "queue": new})
    return Queue.to_dict(made)


@task(
    name="cloud_tasks_queue_create_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_tasks_queue_create_all():
    client = CloudTasksClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    new = Queue("the-task-queue")
    new.name = "projects/the-project-id/locations/eu/queues/the-queue-name"
    try:
        made = client.create_queue(request={"parent": "projects/the-project-id/locations/eu", "queue": new})
    except AlreadyExists:
        made = client.get_queue(request={"name": new.name})
    return Queue.to_dict(made)


@task(
    name="cloud_tasks_queue_update",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_tasks_queue_update():
    client = CloudTasksClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    new = Queue("the-task-queue")
    return Queue.to_dict(client.update_queue(request={"queue": new}))


@task(
    name="cloud_tasks_queue_update_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_tasks_queue_update_all():
    client = CloudTasksClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    new = Queue("the-task-queue")
    new.name = "projects/the-project-id/locations/eu/queues/the-queue-name"
    return Queue.to_dict(client.update_queue(request={"queue": new, "update_mask": {"paths": ["name"]}}))


@task(
    name="cloud_tasks_queue_get",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_tasks_queue_get():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = CloudTasksClient(credentials=gcp_credentials.get_credentials_from_service_account())
    return Queue.to_dict(
        client.get_queue(request={"name": f"projects/{gcp_credentials.project}/locations/eu/queues/the-queue-name"})
    )


@task(
    name="cloud_tasks_queue_get_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_tasks_queue_get_all():
    client = CloudTasksClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    return Queue.to_dict(
        client.get_queue(request={"name": "projects/the-project-id/locations/eu/queues/the-queue-name"})
    )


@task(
    name="cloud_tasks_queue_purge",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_tasks_queue_purge():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = CloudTasksClient(credentials=gcp_credentials.get_credentials_from_service_account())
    return Queue.to_dict(
        client.purge_queue(request={"name": f"projects/{gcp_credentials.project}/locations/eu/queues/the-queue-name"})
    )


@task(
    name="cloud_tasks_queue_purge_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_tasks_queue_purge_all():
    client = CloudTasksClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    return Queue.to_dict(
        client.purge_queue(request={"name": "projects/the-project-id/locations/eu/queues/the-queue-name"})
    )


@task(
    name="cloud_tasks_queue_pause",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_tasks_queue_pause():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = CloudTasksClient(credentials=gcp_credentials.get_credentials_from_service_account())
    return Queue.to_dict(
        client.pause_queue(request={"name": f"projects/{gcp_credentials.project}/locations/eu/queues/the-queue-name"})
    )


@task(
    name="cloud_tasks_queue_pause_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_tasks_queue_pause_all():
    client = CloudTasksClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    return Queue.to_dict(
        client.pause_queue(request={"name": "projects/the-project-id/locations/eu/queues/the-queue-name"})
    )


@task(
    name="cloud_tasks_queue_resume",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_tasks_queue_resume():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = CloudTasksClient(credentials=gcp_credentials.get_credentials_from_service_account())
    return Queue.to_dict(
        client.resume_queue(request={"name": f"projects/{gcp_credentials.project}/locations/eu/queues/the-queue-name"})
    )


@task(
    name="cloud_tasks_queue_resume_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_tasks_queue_resume_all():
    client = CloudTasksClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    return Queue.to_dict(
        client.resume_queue(request={"name": "projects/the-project-id/locations/eu/queues/the-queue-name"})
    )


@task(
    name="cloud_tasks_queues_list",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_tasks_queues_list():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = CloudTasksClient(credentials=gcp_credentials.get_credentials_from_service_account())
    queues = client.list_queues(request={"parent": f"projects/{gcp_credentials.project}/locations/eu"})
    return [Queue.to_dict(queue) for queue in queues]


@task(
    name="cloud_tasks_queues_list_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_tasks_queues_list_all():
    client = CloudTasksClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    queues = client.list_queues(
        request={"parent": "projects/the-project-id/locations/eu", "filter": "the-results-filter", "page_size": 10}
    )
    return [Queue.to_dict(queue) for queue in queues]


@task(
    name="cloud_tasks_queue_delete",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_tasks_queue_delete():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = CloudTasksClient(credentials=gcp_credentials.get_credentials_from_service_account())
    client.delete_queue(request={"name": f"projects/{gcp_credentials.project}/locations/eu/queues/the-queue-name"})


@task(
    name="cloud_tasks_queue_delete_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_tasks_queue_delete_all():
    client = CloudTasksClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    client.delete_queue(request={"name": "projects/the-project-id/locations/eu/queues/the-queue-name"})


@task(
    name="cloud_tasks_task_create",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_tasks_task_create():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = CloudTasksClient(credentials=gcp_credentials.get_credentials_from_service_account())
    new = Task({"name": "n"})
    parent = f"projects/{gcp_credentials.project}/locations/eu/queues/the-queue-name"
    return Task.to_dict(client.create_task(request={"parent": parent, "task": new}))


@task(
    name="cloud_tasks_task_create_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_tasks_task_create_all():
    client = CloudTasksClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    new = Task({"name": "n"})
    new.name = "projects/the-project-id/locations/eu/queues/the-queue-name/tasks/the-task-name"
    parent = "projects/the-project-id/locations/eu/queues/the-queue-name"
    return Task.to_dict(
        client.create_task(request={"parent": parent, "task": new, "response_view": "the-response-view"})
    )


@task(
    name="cloud_tasks_task_get",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_tasks_task_get():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = CloudTasksClient(credentials=gcp_credentials.get_credentials_from_service_account())
    name = f"projects/{gcp_credentials.project}/locations/eu/queues/the-queue-name/tasks/the-task-name"
    return Task.to_dict(client.get_task(request={"name": name}))


@task(
    name="cloud_tasks_task_get_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_tasks_task_get_all():
    client = CloudTasksClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    name = "projects/the-project-id/locations/eu/queues/the-queue-name/tasks/the-task-name"
    return Task.to_dict(client.get_task(request={"name": name, "response_view": "the-response-view"}))


@task(
    name="cloud_tasks_task_run",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_tasks_task_run():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = CloudTasksClient(credentials=gcp_credentials.get_credentials_from_service_account())
    name = f"projects/{gcp_credentials.project}/locations/eu/queues/the-queue-name/tasks/the-task-name"
    return Task.to_dict(client.run_task(request={"name": name}))


@task(
    name="cloud_tasks_task_run_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_tasks_task_run_all():
    client = CloudTasksClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    name = "projects/the-project-id/locations/eu/queues/the-queue-name/tasks/the-task-name"
    return Task.to_dict(client.run_task(request={"name": name, "response_view": "the-response-view"}))


@task(
    name="cloud_tasks_tasks_list",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_tasks_tasks_list():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = CloudTasksClient(credentials=gcp_credentials.get_credentials_from_service_account())
    parent = f"projects/{gcp_credentials.project}/locations/eu/queues/the-queue-name"
    tasks = client.list_tasks(request={"parent": parent})
    return [Task.to_dict(task_) for task_ in tasks]


@task(
    name="cloud_tasks_tasks_list_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_tasks_tasks_list_all():
    client = CloudTasksClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    parent = "projects/the-project-id/locations/eu/queues/the-queue-name"
    tasks = client.list_tasks(request={"parent": parent, "response_view": "the-response-view", "page_size": 10})
    return [Task.to_dict(task_) for task_ in tasks]


@task(
    name="cloud_tasks_task_delete",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_tasks_task_delete():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = CloudTasksClient(credentials=gcp_credentials.get_credentials_from_service_account())
    client.delete_task(
        request={"name": f"projects/{gcp_credentials.project}/locations/eu/queues/the-queue-name/tasks/the-task-name"}
    )


@task(
    name="cloud_tasks_task_delete_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_tasks_task_delete_all():
    client = CloudTasksClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    client.delete_task(
        request={"name": "projects/the-project-id/locations/eu/queues/the-queue-name/tasks/the-task-name"}
    )


@flow(name="google_tasks")
def google_tasks(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    cloud_tasks_queue_create_run = cloud_tasks_queue_create.submit()
    cloud_tasks_queue_create_all_run = cloud_tasks_queue_create_all.submit()
    cloud_tasks_queue_update_run = cloud_tasks_queue_update.submit()
    cloud_tasks_queue_update_all_run = cloud_tasks_queue_update_all.submit()
    cloud_tasks_queue_get_run = cloud_tasks_queue_get.submit()
    cloud_tasks_queue_get_all_run = cloud_tasks_queue_get_all.submit()
    cloud_tasks_queue_purge_run = cloud_tasks_queue_purge.submit()
    cloud_tasks_queue_purge_all_run = cloud_tasks_queue_purge_all.submit()
    cloud_tasks_queue_pause_run = cloud_tasks_queue_pause.submit()
    cloud_tasks_queue_pause_all_run = cloud_tasks_queue_pause_all.submit()
    cloud_tasks_queue_resume_run = cloud_tasks_queue_resume.submit()
    cloud_tasks_queue_resume_all_run = cloud_tasks_queue_resume_all.submit()
    cloud_tasks_queues_list_run = cloud_tasks_queues_list.submit()
    cloud_tasks_queues_list_all_run = cloud_tasks_queues_list_all.submit()
    cloud_tasks_queue_delete_run = cloud_tasks_queue_delete.submit()
    cloud_tasks_queue_delete_all_run = cloud_tasks_queue_delete_all.submit()
    cloud_tasks_task_create_run = cloud_tasks_task_create.submit()
    cloud_tasks_task_create_all_run = cloud_tasks_task_create_all.submit()
    cloud_tasks_task_get_run = cloud_tasks_task_get.submit()
    cloud_tasks_task_get_all_run = cloud_tasks_task_get_all.submit()
    cloud_tasks_task_run_run = cloud_tasks_task_run.submit()
    cloud_tasks_task_run_all_run = cloud_tasks_task_run_all.submit()
    cloud_tasks_tasks_list_run = cloud_tasks_tasks_list.submit()
    cloud_tasks_tasks_list_all_run = cloud_tasks_tasks_list_all.submit()
    cloud_tasks_task_delete_run = cloud_tasks_task_delete.submit()
    cloud_tasks_task_delete_all_run = cloud_tasks_task_delete_all.submit()
    return [
        cloud_tasks_queue_create_run,
        cloud_tasks_queue_create_all_run,
        cloud_tasks_queue_update_run,
        cloud_tasks_queue_update_all_run,
        cloud_tasks_queue_get_run,
        cloud_tasks_queue_get_all_run,
        cloud_tasks_queue_purge_run,
        cloud_tasks_queue_purge_all_run,
        cloud_tasks_queue_pause_run,
        cloud_tasks_queue_pause_all_run,
        cloud_tasks_queue_resume_run,
        cloud_tasks_queue_resume_all_run,
        cloud_tasks_queues_list_run,
        cloud_tasks_queues_list_all_run,
        cloud_tasks_queue_delete_run,
        cloud_tasks_queue_delete_all_run,
        cloud_tasks_task_create_run,
        cloud_tasks_task_create_all_run,
        cloud_tasks_task_get_run,
        cloud_tasks_task_get_all_run,
        cloud_tasks_task_run_run,
        cloud_tasks_task_run_all_run,
        cloud_tasks_tasks_list_run,
        cloud_tasks_tasks_list_all_run,
        cloud_tasks_task_delete_run,
        cloud_tasks_task_delete_all_run,
    ]


if __name__ == "__main__":
    sys.exit(not google_tasks(return_state=True).is_completed())
