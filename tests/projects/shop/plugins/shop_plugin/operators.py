"""The shop's own operators."""

from airflow.models import BaseOperator
from airflow.utils.decorators import apply_defaults


class CountRowsOperator(BaseOperator):
    """Counts the rows of a table."""

    template_fields = ("path",)
    ui_color = "#eeeeff"

    @apply_defaults
    def __init__(self, table, path, *args, **kwargs):
        super(CountRowsOperator, self).__init__(*args, **kwargs)
        self.table = table
        self.path = path

    def execute(self, context):
        self.log.info("counting %s in %s", self.table, self.path)
        rows = context["ti"].xcom_pull(task_ids="extract_orders")
        return {"table": self.table, "path": self.path, "rows": len(rows)}
