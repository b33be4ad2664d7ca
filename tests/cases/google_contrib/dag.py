"""Cloud Storage and BigQuery by the operators of Airflow 1.10."""
from datetime import datetime
from airflow import DAG
from airflow.contrib.operators.gcs_to_gcs import GoogleCloudStorageToGoogleCloudStorageOperator
from airflow.contrib.operators.file_to_gcs import FileToGoogleCloudStorageOperator
from airflow.contrib.operators.gcs_list_operator import GoogleCloudStorageListOperator
from airflow.contrib.operators.gcs_to_bq import GoogleCloudStorageToBigQueryOperator
from airflow.contrib.operators.bigquery_to_gcs import BigQueryToCloudStorageOperator
from airflow.contrib.operators.bigquery_check_operator import BigQueryCheckOperator, BigQueryIntervalCheckOperator
from airflow.contrib.sensors.bigquery_sensor import BigQueryTableSensor
from airflow.contrib.operators.dataproc_operator import DataProcPySparkOperator, DataProcHiveOperator, DataprocClusterDeleteOperator
from airflow.contrib.operators.dataflow_operator import DataflowTemplateOperator
from airflow.contrib.operators.gcp_sql_operator import CloudSqlQueryOperator
B = "bucket"
DATASET = "ds"
SCHEMA = [{"name": "a", "type": "STRING"}]
with DAG('g', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False,
         default_args=dict(bigquery_conn_id="bq", google_cloud_storage_conn_id="gs")) as dag:
    a = GoogleCloudStorageToGoogleCloudStorageOperator(task_id="a", source_bucket=B, source_object="x/{{ ds }}/*.csv", destination_bucket="other", destination_object="y/", move_object=True)
    b = GoogleCloudStorageToGoogleCloudStorageOperator(task_id="b", source_bucket=B, source_object="x/{{ ds }}/a.csv", destination_bucket="other", destination_object="y/", move_object=True)
    c = FileToGoogleCloudStorageOperator(task_id="c", src="/tmp/a", dst="b/{{ ds_nodash }}", bucket=B, google_cloud_storage_conn_id="lake")
    d = GoogleCloudStorageListOperator(task_id="d", bucket=B, prefix="a/", delimiter=".csv")
    e = GoogleCloudStorageToBigQueryOperator(task_id="e", bucket="b", source_objects=["x/{{ ds }}/*.csv"], destination_project_dataset_table=f"{DATASET}.t", schema_fields=SCHEMA, write_disposition="WRITE_TRUNCATE", skip_leading_rows=1)
    f = GoogleCloudStorageToBigQueryOperator(task_id="f", bucket="b", source_objects=["x/{{ ds }}/*.csv"], destination_project_dataset_table="my-project:ds.t${{ ds_nodash }}", schema_object="s.json", source_format="NEWLINE_DELIMITED_JSON", bigquery_conn_id="x", google_cloud_storage_conn_id="x")
    g = BigQueryToCloudStorageOperator(task_id="g", source_project_dataset_table="a.b.c", destination_cloud_storage_uris=["gs://x/*.csv"], bigquery_conn_id="x")
    h = BigQueryCheckOperator(task_id="h", sql="select count(*) from x where d = '{{ ds }}'", use_legacy_sql=False)
    i = BigQueryIntervalCheckOperator(task_id="i", table="x", days_back=1, metrics_thresholds={"COUNT(*)": 1.5}, use_legacy_sql=False)
    j = BigQueryTableSensor(task_id="j", project_id="p", dataset_id="d", table_id="t_{{ ds_nodash }}", poke_interval=10)
    a >> b >> c >> d >> e >> f >> g >> h >> i >> j

    spark = DataProcPySparkOperator(
        task_id="spark", main="gs://code/main.py", arguments=["{{ ds }}", "--full"], cluster_name="c-{{ ds_nodash }}", region="europe-west1",
        dataproc_pyspark_jars=["gs://jars/a.jar"])
    hive = DataProcHiveOperator(task_id="hive", query="SHOW DATABASES;", cluster_name="cluster")
    local = DataProcPySparkOperator(task_id="local", main="/opt/main.py", cluster_name="cluster")
    drop = DataprocClusterDeleteOperator(task_id="drop", cluster_name="cluster", project_id="zoo", region="europe-west1")
    flow = DataflowTemplateOperator(
        task_id="flow", template="gs://templates/Word_Count", parameters={"inputFile": "gs://in/{{ ds }}.txt"},
        dataflow_default_options={"project": "zoo", "tempLocation": "gs://tmp/"})
    query = CloudSqlQueryOperator(task_id="query", gcp_cloudsql_conn_id="sql_proxy", sql=["DROP TABLE a", "CREATE TABLE a (id INT)"])
    spark >> hive >> local >> drop >> flow >> query
