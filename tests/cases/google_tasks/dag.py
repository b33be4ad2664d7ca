"""Tasks of Google Cloud: each operator with what it must have, and with more."""
from datetime import datetime

from airflow import DAG
from airflow.providers.google.cloud.operators.tasks import (
    CloudTasksQueueCreateOperator,
    CloudTasksQueueDeleteOperator,
    CloudTasksQueueGetOperator,
    CloudTasksQueuePauseOperator,
    CloudTasksQueuePurgeOperator,
    CloudTasksQueueResumeOperator,
    CloudTasksQueueUpdateOperator,
    CloudTasksQueuesListOperator,
    CloudTasksTaskCreateOperator,
    CloudTasksTaskDeleteOperator,
    CloudTasksTaskGetOperator,
    CloudTasksTaskRunOperator,
    CloudTasksTasksListOperator,
)

with DAG('google_tasks', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False) as dag:
    CloudTasksQueueCreateOperator(task_id="cloud_tasks_queue_create", location="eu", task_queue="the-task-queue")
    CloudTasksQueueCreateOperator(task_id="cloud_tasks_queue_create_all", location="eu", task_queue="the-task-queue", project_id="the-project-id", queue_name="the-queue-name")
    CloudTasksQueueUpdateOperator(task_id="cloud_tasks_queue_update", task_queue="the-task-queue")
    CloudTasksQueueUpdateOperator(task_id="cloud_tasks_queue_update_all", task_queue="the-task-queue", project_id="the-project-id", location="eu", queue_name="the-queue-name", update_mask={"paths": ["name"]})
    CloudTasksQueueGetOperator(task_id="cloud_tasks_queue_get", location="eu", queue_name="the-queue-name")
    CloudTasksQueueGetOperator(task_id="cloud_tasks_queue_get_all", location="eu", queue_name="the-queue-name", project_id="the-project-id")
    CloudTasksQueuePurgeOperator(task_id="cloud_tasks_queue_purge", location="eu", queue_name="the-queue-name")
    CloudTasksQueuePurgeOperator(task_id="cloud_tasks_queue_purge_all", location="eu", queue_name="the-queue-name", project_id="the-project-id")
    CloudTasksQueuePauseOperator(task_id="cloud_tasks_queue_pause", location="eu", queue_name="the-queue-name")
    CloudTasksQueuePauseOperator(task_id="cloud_tasks_queue_pause_all", location="eu", queue_name="the-queue-name", project_id="the-project-id")
    CloudTasksQueueResumeOperator(task_id="cloud_tasks_queue_resume", location="eu", queue_name="the-queue-name")
    CloudTasksQueueResumeOperator(task_id="cloud_tasks_queue_resume_all", location="eu", queue_name="the-queue-name", project_id="the-project-id")
    CloudTasksQueuesListOperator(task_id="cloud_tasks_queues_list", location="eu")
    CloudTasksQueuesListOperator(task_id="cloud_tasks_queues_list_all", location="eu", project_id="the-project-id", results_filter="the-results-filter", page_size=10)
    CloudTasksQueueDeleteOperator(task_id="cloud_tasks_queue_delete", location="eu", queue_name="the-queue-name")
    CloudTasksQueueDeleteOperator(task_id="cloud_tasks_queue_delete_all", location="eu", queue_name="the-queue-name", project_id="the-project-id")
    CloudTasksTaskCreateOperator(task_id="cloud_tasks_task_create", location="eu", queue_name="the-queue-name", task={"name": "n"})
    CloudTasksTaskCreateOperator(task_id="cloud_tasks_task_create_all", location="eu", queue_name="the-queue-name", task={"name": "n"}, project_id="the-project-id", task_name="the-task-name", response_view="the-response-view")
    CloudTasksTaskGetOperator(task_id="cloud_tasks_task_get", location="eu", queue_name="the-queue-name", task_name="the-task-name")
    CloudTasksTaskGetOperator(task_id="cloud_tasks_task_get_all", location="eu", queue_name="the-queue-name", task_name="the-task-name", project_id="the-project-id", response_view="the-response-view")
    CloudTasksTaskRunOperator(task_id="cloud_tasks_task_run", location="eu", queue_name="the-queue-name", task_name="the-task-name")
    CloudTasksTaskRunOperator(task_id="cloud_tasks_task_run_all", location="eu", queue_name="the-queue-name", task_name="the-task-name", project_id="the-project-id", response_view="the-response-view")
    CloudTasksTasksListOperator(task_id="cloud_tasks_tasks_list", location="eu", queue_name="the-queue-name")
    CloudTasksTasksListOperator(task_id="cloud_tasks_tasks_list_all", location="eu", queue_name="the-queue-name", project_id="the-project-id", response_view="the-response-view", page_size=10)
    CloudTasksTaskDeleteOperator(task_id="cloud_tasks_task_delete", location="eu", queue_name="the-queue-name", task_name="the-task-name")
    CloudTasksTaskDeleteOperator(task_id="cloud_tasks_task_delete_all", location="eu", queue_name="the-queue-name", task_name="the-task-name", project_id="the-project-id")
