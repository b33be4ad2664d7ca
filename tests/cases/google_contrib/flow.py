"""Cloud Storage and BigQuery by the operators of Airflow 1.10."""
import json
import sys
from datetime import datetime, timedelta
from uuid import uuid4

from google.cloud.bigquery import ExtractJobConfig, LoadJobConfig, TableReference, TimePartitioning
from google.cloud.dataproc_v1 import ClusterControllerClient, JobControllerClient
from googleapiclient.discovery import build
from prefect import flow, task
from prefect.runtime import flow_run
from prefect_gcp import GcpCredentials

from airflow_bigquery import BigQueryHook
from airflow_checks import check_interval, check_row
from airflow_dataflow import environment_of, job_name_of, wait_for_dataflow
from airflow_dataproc import wait_for_job
from airflow_gcs import copy_objects, names_of, rewrite
from airflow_resume import SAME_DATE
from airflow_sensors import wait_until
from airflow_sql import get_hook

B = "bucket"
DATASET = "ds"
SCHEMA = [{"name": "a", "type": "STRING"}]


@task(name="a", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def a(ds):
    client = GcpCredentials.load("gs").get_cloud_storage_client()
    copy_objects(client, B, f"x/{ds}/*.csv", "other", "y/", move=True, listed=False)


@task(name="b", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def b(ds):
    source_object = f"x/{ds}/a.csv"
    client = GcpCredentials.load("gs").get_cloud_storage_client()
    rewrite(client, B, source_object, "other", "y/")
    client.bucket(B).blob(source_object).delete()


@task(name="c", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def c(ds_nodash):
    client = GcpCredentials.load("lake").get_cloud_storage_client()
    client.bucket(B).blob(f"b/{ds_nodash}").upload_from_filename("/tmp/a", content_type="application/octet-stream")


@task(name="d", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def d():
    client = GcpCredentials.load("gs").get_cloud_storage_client()
    return names_of(client, B, "a/", ".csv")


@task(name="e", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def e(ds):
    client = GcpCredentials.load("bq").get_bigquery_client()
    uris = [f"gs://b/x/{ds}/*.csv"]
    target = TableReference.from_string(f"{DATASET}.t", client.project)
    config = LoadJobConfig(
        source_format="CSV", autodetect=True, schema=SCHEMA, write_disposition="WRITE_TRUNCATE", skip_leading_rows=1
    )
    client.load_table_from_uri(uris, target, job_config=config).result()


@task(name="f", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def f(ds, ds_nodash):
    client = GcpCredentials.load("x").get_bigquery_client()
    uris = [f"gs://b/x/{ds}/*.csv"]
    fields = json.loads(
        GcpCredentials.load("x").get_cloud_storage_client().bucket("b").blob("s.json").download_as_bytes()
    )
    target = TableReference.from_string(f"my-project.ds.t${ds_nodash}", client.project)
    config = LoadJobConfig(
        source_format="NEWLINE_DELIMITED_JSON",
        autodetect=True,
        schema=fields,
        write_disposition="WRITE_EMPTY",
        time_partitioning=TimePartitioning(type_="DAY"),
    )
    client.load_table_from_uri(uris, target, job_config=config).result()


@task(name="g", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def g_g():
    client = GcpCredentials.load("x").get_bigquery_client()
    config = ExtractJobConfig(destination_format="CSV", field_delimiter=",", print_header=True)
    source = TableReference.from_string("a.b.c", client.project)
    client.extract_table(source, ["gs://x/*.csv"], job_config=config).result()


@task(name="h", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def h(ds):
    hook = BigQueryHook("bq", use_legacy_sql=False)
    check_row(hook.get_first(f"select count(*) from x where d = '{ds}'"))


@task(name="i", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def i(ds):
    hook = BigQueryHook("bq", use_legacy_sql=False)
    check_interval(hook, "x", {"COUNT(*)": 1.5}, ds, days_back=1)


@task(name="j", cache_policy=SAME_DATE)
def j(ds_nodash):
    hook = BigQueryHook("bq")
    wait_until(lambda: hook.table_exists("d", f"t_{ds_nodash}", "p"), poke_interval=10)


@task(name="spark", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def spark(ds, ds_nodash):
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = JobControllerClient(
        credentials=gcp_credentials.get_credentials_from_service_account(),
        client_options={"api_endpoint": "europe-west1-dataproc.googleapis.com:443"},
    )
    job_id = f"spark_{ds_nodash}_{uuid4().hex[:8]}"
    client.submit_job(
        request={
            "project_id": gcp_credentials.project,
            "region": "europe-west1",
            "job": {
                "reference": {"project_id": gcp_credentials.project, "job_id": job_id},
                "placement": {"cluster_name": f"c-{ds_nodash}"},
                "pyspark_job": {
                    "main_python_file_uri": "gs://code/main.py",
                    "args": [ds, "--full"],
                    "jar_file_uris": ["gs://jars/a.jar"],
                },
            },
        }
    )
    wait_for_job(client, gcp_credentials.project, "europe-west1", job_id, cancelled_ok=True)


@task(name="hive", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def hive(ds_nodash):
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = JobControllerClient(credentials=gcp_credentials.get_credentials_from_service_account())
    job_id = f"hive_{ds_nodash}_{uuid4().hex[:8]}"
    client.submit_job(
        request={
            "project_id": gcp_credentials.project,
            "region": "global",
            "job": {
                "reference": {"project_id": gcp_credentials.project, "job_id": job_id},
                "placement": {"cluster_name": "cluster"},
                "hive_job": {"query_list": {"queries": ["SHOW DATABASES;"]}},
            },
        }
    )
    wait_for_job(client, gcp_credentials.project, "global", job_id, cancelled_ok=True)


@task(name="local")
def local():
    # DataProcPySparkOperator(task_id="local", main="/opt/main.py", cluster_name="cluster")
    raise NotImplementedError("A2P220: DataProcPySparkOperator(main=...) changes what the task does and cannot be carried over")


@task(name="drop", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def drop():
    client = ClusterControllerClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        client_options={"api_endpoint": "europe-west1-dataproc.googleapis.com:443"},
    )
    client.delete_cluster(request={"project_id": "zoo", "region": "europe-west1", "cluster_name": "cluster"}).result()


@task(name="flow", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def g_flow(ds):
    service = build(
        "dataflow",
        "v1b3",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        cache_discovery=False,
    )
    settings = {"project": "zoo", "tempLocation": "gs://tmp/"}
    location = settings.get("region", "us-central1")
    body = {
        "jobName": job_name_of("flow"),
        "parameters": {"inputFile": f"gs://in/{ds}.txt"},
        "environment": environment_of(settings),
    }
    templates = service.projects().locations().templates()
    job = templates.launch(
        projectId=settings["project"], location=location, gcsPath="gs://templates/Word_Count", body=body
    ).execute(num_retries=5)["job"]
    wait_for_dataflow(service, settings["project"], location, job["id"], seconds=10)


@task(name="query", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def query():
    get_hook("sql_proxy").run(["DROP TABLE a", "CREATE TABLE a (id INT)"])


@flow(name="g")
def g(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"
    ds_nodash = f"{logical_date:%Y%m%d}"

    a_run = a.submit(ds)
    b_run = b.submit(ds, wait_for=[a_run])
    c_run = c.submit(ds_nodash, wait_for=[b_run])
    d_run = d.submit(wait_for=[c_run])
    e_run = e.submit(ds, wait_for=[d_run])
    f_run = f.submit(ds, ds_nodash, wait_for=[e_run])
    g_run = g_g.submit(wait_for=[f_run])
    h_run = h.submit(ds, wait_for=[g_run])
    i_run = i.submit(ds, wait_for=[h_run])
    j_run = j.submit(ds_nodash, wait_for=[i_run])
    spark_run = spark.submit(ds, ds_nodash)
    hive_run = hive.submit(ds_nodash, wait_for=[spark_run])
    local_run = local.submit(wait_for=[hive_run])
    drop_run = drop.submit(wait_for=[local_run])
    flow_run_2 = g_flow.submit(ds, wait_for=[drop_run])
    query_run = query.submit(wait_for=[flow_run_2])
    return [j_run, query_run]


if __name__ == "__main__":
    sys.exit(not g(return_state=True).is_completed())
