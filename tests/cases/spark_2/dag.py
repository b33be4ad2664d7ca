"""Spark, as Airflow 2 submits to it."""
from datetime import datetime

from airflow import DAG
from airflow.providers.apache.spark.operators.spark_sql import SparkSqlOperator
from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator

with DAG("spark_2", start_date=datetime(2024, 1, 1), schedule="@daily", catchup=False) as dag:
    plain = SparkSubmitOperator(task_id="plain", application="jobs/{{ ds }}.py", deploy_mode="client", yarn_queue="etl")
    other = SparkSubmitOperator(task_id="other", application="x.py", properties_file="/etc/spark.conf", name="x", conn_id="spark_local")
    query = SparkSqlOperator(task_id="query", sql="SELECT 1", conf={"a": 1}, conn_id="spark_local")
    plain >> other >> query
