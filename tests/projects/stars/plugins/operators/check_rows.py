from airflow.hooks.postgres_hook import PostgresHook
from airflow.models import BaseOperator


class CheckRowsOperator(BaseOperator):
    def __init__(self, conn_id, tables, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.conn_id = conn_id
        self.tables = tables

    def execute(self, context):
        hook = PostgresHook(self.conn_id)
        for table in self.tables:
            rows = hook.get_first(f'SELECT COUNT(*) FROM {table}')[0]
            if not rows:
                raise ValueError(f'{table} is empty at {context["ds"]}')
