from prefect import get_run_logger

LIMIT = 10_000


class BankOperator:
    """What the bank's operators have in common."""

    def __init__(self, account):
        self.account = account

    def told(self, text):
        get_run_logger().info("%s: %s", self.account, text)
        return text


class TransferOperator(BankOperator):
    def __init__(self, amount, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.amount = amount

    def execute(self):
        self.told("transfer")
        return {"account": self.account, "amount": self.amount}


class AuditOperator:
    def __init__(self, day):
        self.day = day

    def execute(self, ds_nodash):
        return [self.day, ds_nodash, LIMIT]


class BalanceSensor:
    def __init__(self, minimum=0):
        self.minimum = minimum

    def poke(self):
        return self.minimum < LIMIT
