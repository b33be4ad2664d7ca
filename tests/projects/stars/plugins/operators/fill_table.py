from airflow.hooks.postgres_hook import PostgresHook
from airflow.models import BaseOperator
from airflow.utils.decorators import apply_defaults


class FillTableOperator(BaseOperator):
    ui_color = '#80BD9E'

    @apply_defaults
    def __init__(self, conn_id='', table='', sql='', empty=False, *args, **kwargs):
        super(FillTableOperator, self).__init__(*args, **kwargs)
        self.conn_id = conn_id
        self.table = table
        self.sql = sql
        self.empty = empty

    def execute(self, context):
        hook = PostgresHook(postgres_conn_id=self.conn_id)
        if self.empty:
            self.log.info('%s is emptied', self.table)
            hook.run('TRUNCATE {}'.format(self.table))
        hook.run('INSERT INTO {} {}'.format(self.table, self.sql))
