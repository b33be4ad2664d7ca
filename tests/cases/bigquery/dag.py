"""BigQuery, by the operators of the provider and those of 1.10."""
from datetime import datetime

from airflow import DAG
from airflow.contrib.operators.bigquery_operator import BigQueryOperator
from airflow.contrib.operators.bigquery_table_delete_operator import BigQueryTableDeleteOperator
from airflow.providers.google.cloud.operators.bigquery import (
    BigQueryCreateEmptyDatasetOperator,
    BigQueryCreateEmptyTableOperator,
    BigQueryDeleteDatasetOperator,
    BigQueryInsertJobOperator,
)

DATASET = 'pets'
SCHEMA = [{'name': 'name', 'type': 'STRING', 'mode': 'REQUIRED'}, {'name': 'born', 'type': 'DATE'}]

with DAG('bigquery', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False) as dag:
    make = BigQueryCreateEmptyDatasetOperator(task_id='make', dataset_id=DATASET, location='EU', gcp_conn_id='lake')
    table = BigQueryCreateEmptyTableOperator(
        task_id='table', dataset_id=DATASET, table_id='cats_{{ ds_nodash }}', schema_fields=SCHEMA,
        time_partitioning={'type': 'DAY', 'field': 'born'})
    view = BigQueryCreateEmptyTableOperator(
        task_id='view', dataset_id=DATASET, table_id='young', project_id='zoo', exists_ok=True,
        view={'query': "SELECT * FROM `pets.cats` WHERE born > '{{ ds }}'", 'useLegacySql': False})
    job = BigQueryInsertJobOperator(
        task_id='job', location='EU',
        configuration={'query': {'query': "INSERT pets.cats VALUES ('Tom', '{{ ds }}')", 'useLegacySql': False}})
    query = BigQueryOperator(
        task_id='query', use_legacy_sql=False, destination_dataset_table='pets.old', write_disposition='WRITE_TRUNCATE',
        sql="SELECT * FROM pets.cats WHERE born < '{{ yesterday_ds }}'", bigquery_conn_id='lake', priority='BATCH')
    legacy = BigQueryOperator(task_id='legacy', bql='SELECT 1')
    several = BigQueryOperator(task_id='several', sql=['SELECT 1', 'SELECT 2'])
    drop = BigQueryTableDeleteOperator(task_id='drop', deletion_dataset_table='zoo.pets.old', ignore_if_missing=True)
    clear = BigQueryDeleteDatasetOperator(task_id='clear', dataset_id=DATASET, delete_contents=True)
    make >> table >> view >> job >> query >> legacy >> several >> drop >> clear
