from prefect import get_run_logger

from airflow_sql import PostgresHook


class LoadDimensionOperator:

    def __init__(self,
                 redshift_conn_id="",
                 table="",
                 sql="",
                 truncate=False):

        self.hook = PostgresHook(postgres_conn_id=redshift_conn_id)
        self.table = table
        self.sql = sql
        self.truncate = truncate

    def execute(self):
        if self.truncate:
            get_run_logger().info(f"Truncating {self.table}")
            self.hook.run(f"TRUNCATE TABLE {self.table}")
        self.hook.run(f"INSERT INTO {self.table} {self.sql}")
