"""S3 and AWS hooks in callables and in operators of the file's own, as in Airflow 1.10."""
import json
from datetime import datetime, timedelta, timezone

from prefect import flow, get_run_logger, task
from prefect.runtime import flow_run

from airflow_aws import AwsHook
from airflow_resume import SAME_DATE
from airflow_s3 import Airflow1S3Hook
from airflow_sql import PostgresHook

BUCKET = 'landing'


class StageToRedshiftOperator:
    copy_sql = """
        COPY {}
        FROM '{}'
        ACCESS_KEY_ID '{}'
        SECRET_ACCESS_KEY '{}'
    """

    def __init__(self,
                 redshift_conn_id="",
                 aws_credentials_id="",
                 table="",
                 s3_bucket="",
                 s3_key=""):
        self.table = table
        self.redshift_conn_id = redshift_conn_id
        self.s3_bucket = s3_bucket
        self.s3_key = s3_key
        self.aws_credentials_id = aws_credentials_id

    def execute(self, context):
        aws_hook = AwsHook(self.aws_credentials_id)
        credentials = aws_hook.get_credentials()
        redshift = PostgresHook(postgres_conn_id=self.redshift_conn_id)

        get_run_logger().info("Clearing data from destination Redshift table")
        redshift.run("DELETE FROM {}".format(self.table))
        rendered_key = self.s3_key.format(**context)
        s3_path = "s3://{}/{}".format(self.s3_bucket, rendered_key)
        redshift.run(StageToRedshiftOperator.copy_sql.format(
            self.table, s3_path, credentials.access_key, credentials.secret_key))


@task(name="upload", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def upload(ds):
    hook = Airflow1S3Hook(aws_conn_id='aws_credentials')  # my account
    if not hook.check_for_bucket(BUCKET):
        hook.create_bucket(BUCKET)
    hook.load_string(json.dumps({'day': ds}), 'in/{}.json'.format(ds), BUCKET, replace=True)
    return hook.list_keys(BUCKET, prefix='in/')


@task(name="read", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def read():
    s3 = Airflow1S3Hook('aws_credentials').get_conn()
    return len(s3.list_buckets()['Buckets'])


@task(name="stage", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def stage(context, ds):
    return StageToRedshiftOperator(
        redshift_conn_id="redshift",
        aws_credentials_id="aws_credentials",
        table="events",
        s3_bucket=BUCKET,
        s3_key=f"in/{ds}.json",
    ).execute(context)


@flow(name="hooks_aws")
def hooks_aws(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    logical_date = logical_date.replace(tzinfo=logical_date.tzinfo or timezone.utc)
    ds = f"{logical_date:%Y-%m-%d}"
    context = {
        "ds": f"{logical_date:%Y-%m-%d}",
        "ds_nodash": f"{logical_date:%Y%m%d}",
        "ts": logical_date.isoformat(),
        "ts_nodash": f"{logical_date:%Y%m%dT%H%M%S}",
        "yesterday_ds": f"{logical_date - timedelta(days=1):%Y-%m-%d}",
        "tomorrow_ds": f"{logical_date + timedelta(days=1):%Y-%m-%d}",
        "prev_ds": f"{logical_date - timedelta(days=1):%Y-%m-%d}",
        "next_ds": f"{logical_date + timedelta(days=1):%Y-%m-%d}",
        "execution_date": logical_date,
        "prev_execution_date": logical_date - timedelta(days=1),
        "next_execution_date": logical_date + timedelta(days=1),
    }

    upload(ds)
    read()
    stage(context, ds)


if __name__ == "__main__":
    hooks_aws()
