from airflow.models import BaseOperator
from airflow.operators.python_operator import PythonOperator
from airflow.sensors.base_sensor_operator import BaseSensorOperator
from airflow.utils.decorators import apply_defaults

LIMIT = 10_000


class BankOperator(BaseOperator):
    """What the bank's operators have in common."""

    @apply_defaults
    def __init__(self, account, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.account = account

    def told(self, text):
        self.log.info("%s: %s", self.account, text)
        return text


class TransferOperator(BankOperator):
    template_fields = ("amount",)

    @apply_defaults
    def __init__(self, amount, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.amount = amount

    def execute(self, context):
        self.told("transfer")
        return {"account": self.account, "amount": self.amount}


class AuditOperator(BaseOperator):
    template_fields = ("day",)

    @apply_defaults
    def __init__(self, day, *args, **kwargs):
        super(AuditOperator, self).__init__(*args, **kwargs)
        self.day = day

    def execute(self, context):
        return [self.day, context["ds_nodash"], LIMIT]


class BalanceSensor(BaseSensorOperator):
    @apply_defaults
    def __init__(self, minimum=0, *args, **kwargs):
        super(BalanceSensor, self).__init__(*args, **kwargs)
        self.minimum = minimum

    def poke(self, context):
        return self.minimum < LIMIT


class LoudPythonOperator(PythonOperator):
    ui_color = "#ff0000"
