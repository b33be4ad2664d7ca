import logging

from prefect import get_run_logger

from airflow_sql import PostgresHook


class DataQualityOperator:

    def __init__(self,
                 redshift_conn_id="",
                 checks=[],
                 tables=[]):

        self.redshift_conn_id = redshift_conn_id
        self.checks = checks
        self.tables = tables

    def execute(self):
        redshift_hook = PostgresHook(self.redshift_conn_id)
        for table in self.tables:
            records = redshift_hook.get_records(f"SELECT COUNT(*) FROM {table}")
            if len(records) < 1 or len(records[0]) < 1:
                raise ValueError(f"Data quality check failed. {table} returned no results")
            num_records = records[0][0]
            if num_records < 1:
                raise ValueError(f"Data quality check failed. {table} contained 0 rows")
            logging.info(f"Data quality on table {table} check passed with {records[0][0]} records")
        failing = []
        for check in self.checks:
            records = redshift_hook.get_first(check.get('check_sql'))[0]
            if check.get('expected_result') != records:
                failing.append(check.get('check_sql'))
        if len(failing) > 0:
            get_run_logger().info(failing)
            raise ValueError('Data quality check failed')
