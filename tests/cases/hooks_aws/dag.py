"""S3 and AWS hooks in callables and in operators of the file's own, as in Airflow 1.10."""
import json
from datetime import datetime

from airflow import DAG
from airflow.contrib.hooks.aws_hook import AwsHook
from airflow.hooks.S3_hook import S3Hook
from airflow.hooks.postgres_hook import PostgresHook
from airflow.models import BaseOperator
from airflow.operators.python_operator import PythonOperator
from airflow.utils.decorators import apply_defaults

BUCKET = 'landing'


class StageToRedshiftOperator(BaseOperator):
    ui_color = '#358140'
    template_fields = ("s3_key",)
    copy_sql = """
        COPY {}
        FROM '{}'
        ACCESS_KEY_ID '{}'
        SECRET_ACCESS_KEY '{}'
    """

    @apply_defaults
    def __init__(self,
                 redshift_conn_id="",
                 aws_credentials_id="",
                 table="",
                 s3_bucket="",
                 s3_key="",
                 *args, **kwargs):
        super(StageToRedshiftOperator, self).__init__(*args, **kwargs)
        self.table = table
        self.redshift_conn_id = redshift_conn_id
        self.s3_bucket = s3_bucket
        self.s3_key = s3_key
        self.aws_credentials_id = aws_credentials_id

    def execute(self, context):
        aws_hook = AwsHook(self.aws_credentials_id)
        credentials = aws_hook.get_credentials()
        redshift = PostgresHook(postgres_conn_id=self.redshift_conn_id)

        self.log.info("Clearing data from destination Redshift table")
        redshift.run("DELETE FROM {}".format(self.table))
        rendered_key = self.s3_key.format(**context)
        s3_path = "s3://{}/{}".format(self.s3_bucket, rendered_key)
        redshift.run(StageToRedshiftOperator.copy_sql.format(
            self.table, s3_path, credentials.access_key, credentials.secret_key))


def upload(ds, **kwargs):
    hook = S3Hook(aws_conn_id='aws_credentials')  # my account
    if not hook.check_for_bucket(BUCKET):
        hook.create_bucket(BUCKET)
    hook.load_string(json.dumps({'day': ds}), 'in/{}.json'.format(ds), BUCKET, replace=True)
    return hook.list_keys(BUCKET, prefix='in/')


def read():
    from airflow.hooks.S3_hook import S3Hook as Hook
    s3 = Hook('aws_credentials').get_conn()
    return len(s3.list_buckets()['Buckets'])


dag = DAG('hooks_aws', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False)
up = PythonOperator(task_id='upload', python_callable=upload, provide_context=True, dag=dag)
there = PythonOperator(task_id='read', python_callable=read, dag=dag)
stage = StageToRedshiftOperator(
    task_id='stage', dag=dag, redshift_conn_id='redshift', aws_credentials_id='aws_credentials', table='events', s3_bucket=BUCKET,
    s3_key='in/{{ ds }}.json')
up >> there >> stage
