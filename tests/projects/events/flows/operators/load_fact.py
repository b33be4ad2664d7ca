from prefect import get_run_logger

from airflow_sql import PostgresHook


class LoadFactOperator:

    def __init__(self,
                 redshift_conn_id="",
                 table="",
                 sql=""):

        self.redshift_conn_id = redshift_conn_id
        self.table = table
        self.sql = sql

    def execute(self):
        redshift_hook = PostgresHook(self.redshift_conn_id)
        get_run_logger().info('LoadFactOperator: %s' % self.table)
        redshift_hook.run("INSERT INTO {} {}".format(self.table, self.sql))
