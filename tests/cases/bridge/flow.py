"""Operators that nothing converts run as they are, in an environment with Airflow."""
import sys
from datetime import datetime, timedelta, timezone

from prefect import flow, task
from prefect.runtime import flow_run

from airflow_bridge import built, named, run_operator, xcoms_of_operator
from airflow_kubernetes import Volume
from airflow_rules import Skip, submit

# where the pods keep their files
volume = Volume(name="files", configs={"persistentVolumeClaim": {"claimName": "files"}})


def told(line):
    return "done" in line


@task(name="count", retries=1, retry_delay_seconds=300)
def count(copy_orders, submit_value):
    print((copy_orders or {}).get("rows"), submit_value)


@task(name="submit", retries=1, retry_delay_seconds=300)
def warehouse_submit(logical_date, ds, ds_nodash):
    return run_operator(
        "airflow.contrib.operators.azure_cosmos_operator.AzureCosmosInsertDocumentOperator",
        logical_date,
        database_name=f"day_{ds}",
        collection_name=ds_nodash,
        document={"date": "{{ ds }}"},
        execution_timeout=timedelta(minutes=10),
    )


@task(name="copy_orders", retries=1, retry_delay_seconds=300)
def copy_orders(logical_date, ds, project):
    return xcoms_of_operator(
        "team.operators.CopyTable",
        logical_date,
        Skip,
        table="orders",
        day=ds,
        soft_fail=True,
        default_args={"gcp_conn_id": "warehouse", "project_id": f"{project}"},
        params={"project": project},
    )


@task(name="copy_users", retries=1, retry_delay_seconds=300)
def copy_users(logical_date, ds, project):
    return run_operator(
        "team.operators.CopyTable",
        logical_date,
        Skip,
        table="users",
        day=ds,
        soft_fail=True,
        default_args={"gcp_conn_id": "warehouse", "project_id": f"{project}"},
        params={"project": project},
    )


@task(name="wait", retries=1, retry_delay_seconds=300)
def wait(logical_date, ds, project):
    return run_operator(
        "airflow.contrib.sensors.qubole_sensor.QuboleFileSensor",
        logical_date,
        data={"files": [f"s3://b/{ds}/{project}"], "days": {named("airflow.contrib.utils.weekday.WeekDay.SATURDAY")}},
    )


@task(name="watched")
def watched():
    # AzureCosmosInsertDocumentOperator(task_id="watched", database_name="x", on_line=told)
    raise NotImplementedError("A2P251: AzureCosmosInsertDocumentOperator is not bridged: on_line is told, which cannot go to another process")


@task(name="pod", retries=1, retry_delay_seconds=300)
def pod(logical_date, ds):
    run_operator(
        "airflow.contrib.operators.azure_cosmos_operator.AzureCosmosInsertDocumentOperator",
        logical_date,
        database_name=f"pod_{ds}",
        document={
            "volumes": [
                built(
                    "airflow.contrib.kubernetes.volume.Volume",
                    name="files",
                    configs={"persistentVolumeClaim": {"claimName": "files"}},
                )
            ]
        },
    )


@flow(name="warehouse", log_prints=True)
def warehouse(logical_date: datetime | None = None, project: str = "test"):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    logical_date = logical_date.replace(tzinfo=logical_date.tzinfo or timezone.utc)
    ds = f"{logical_date:%Y-%m-%d}"
    ds_nodash = f"{logical_date:%Y%m%d}"

    submit_run = warehouse_submit.submit(logical_date, ds, ds_nodash)
    copy = submit(copy_orders, logical_date, ds, project, after=[submit_run])
    copy_users_run = submit(copy_users, logical_date, ds, project, after=[submit_run])
    waited = wait.submit(logical_date, ds, project, wait_for=[submit_run])
    counted = submit(count, copy, submit_run, after=[submit_run, copy_users_run])
    # these cannot go to another process
    watched_run = watched.submit()
    pod_run = pod.submit(logical_date, ds, wait_for=[watched_run])
    return [copy, waited, counted, pod_run]


if __name__ == "__main__":
    sys.exit(not warehouse(return_state=True).is_completed())
