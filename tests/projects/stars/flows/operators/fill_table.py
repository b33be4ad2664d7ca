from prefect import get_run_logger

from airflow_sql import PostgresHook


class FillTableOperator:
    def __init__(self, conn_id='', table='', sql='', empty=False):
        self.conn_id = conn_id
        self.table = table
        self.sql = sql
        self.empty = empty

    def execute(self):
        hook = PostgresHook(postgres_conn_id=self.conn_id)
        if self.empty:
            get_run_logger().info('%s is emptied', self.table)
            hook.run('TRUNCATE {}'.format(self.table))
        hook.run('INSERT INTO {} {}'.format(self.table, self.sql))
