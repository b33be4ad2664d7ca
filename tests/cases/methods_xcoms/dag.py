"""XComs in methods: of one object they are arguments; where several objects have the method, it is written once and cannot have them."""
from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


class Pipeline:
    def __init__(self, city="Kyiv"):
        self.city = city

    def extract(self, ds, **context):
        context["ti"].xcom_push(key="city", value=self.city)
        return [1, ds]

    def transform(self, **context):
        ti = context["task_instance"]
        return [ti.xcom_pull(task_ids="extract", key="city"), len(ti.xcom_pull(task_ids="extract"))]

    def load(self, ti):
        print(self.city, ti.xcom_pull(task_ids="transform"))

    def shared(self, ti):
        return ti.xcom_pull(task_ids="transform")

    def handed(self, ti):
        return self.look(ti)

    def look(self, ti):
        return ti.xcom_pull(task_ids="transform")


pipeline = Pipeline()
other = Pipeline("Lviv")

with DAG("methods_xcoms", schedule="@daily", start_date=datetime(2024, 1, 1), catchup=False) as dag:
    extract = PythonOperator(task_id="extract", python_callable=pipeline.extract)
    transform = PythonOperator(task_id="transform", python_callable=pipeline.transform)
    load = PythonOperator(task_id="load", python_callable=pipeline.load)
    one = PythonOperator(task_id="one", python_callable=pipeline.shared)
    two = PythonOperator(task_id="two", python_callable=other.shared)
    handed = PythonOperator(task_id="handed", python_callable=other.handed)
    extract >> transform >> [load, one, two, handed]
