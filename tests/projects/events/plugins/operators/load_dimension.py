from airflow.hooks.postgres_hook import PostgresHook
from airflow.models import BaseOperator
from airflow.utils.decorators import apply_defaults

class LoadDimensionOperator(BaseOperator):

    ui_color = '#80BD9E'

    @apply_defaults
    def __init__(self,
                 redshift_conn_id="",
                 table="",
                 sql="",
                 truncate=False,
                 *args, **kwargs):

        super(LoadDimensionOperator, self).__init__(*args, **kwargs)
        self.hook = PostgresHook(postgres_conn_id=redshift_conn_id)
        self.table = table
        self.sql = sql
        self.truncate = truncate

    def execute(self, context):
        if self.truncate:
            self.log.info(f"Truncating {self.table}")
            self.hook.run(f"TRUNCATE TABLE {self.table}")
        self.hook.run(f"INSERT INTO {self.table} {self.sql}")
