from airflow_sql import PostgresHook


class CheckRowsOperator:
    def __init__(self, conn_id, tables):
        self.conn_id = conn_id
        self.tables = tables

    def execute(self, ds):
        hook = PostgresHook(self.conn_id)
        for table in self.tables:
            rows = hook.get_first(f'SELECT COUNT(*) FROM {table}')[0]
            if not rows:
                raise ValueError(f'{table} is empty at {ds}')
