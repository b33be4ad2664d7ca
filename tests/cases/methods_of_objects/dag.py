from datetime import datetime
from airflow import DAG
from airflow.operators.python_operator import PythonOperator


class Pipeline:
    table = "t"

    def __init__(self, symbol, size=3):
        self.symbol = symbol
        self.size = size

    def fetch(self, **kwargs):
        print(self.symbol, kwargs["ds"])
        return self.symbol * self.size

    def store(self, ds, run_id=None, **kwargs):
        return "%s of %s in %s" % (self.symbol, ds, self.table)

    def pulls(self, ti, **kwargs):
        return ti.xcom_pull(task_ids="fetch_" + self.symbol)


main = Pipeline("main")
with DAG("methods_of_objects", start_date=datetime(2021, 1, 1), schedule_interval="@daily", default_args={"provide_context": True}) as dag:
    previous = None
    for s in ["BTC", "ETH"]:
        p = Pipeline(s)
        fetch = PythonOperator(task_id="fetch_" + s, python_callable=p.fetch)
        store = PythonOperator(task_id="store_" + s, python_callable=p.store)
        fetch >> store
        if previous:
            previous >> fetch
        previous = store
    last = PythonOperator(task_id="last", python_callable=main.store)
    previous >> last
