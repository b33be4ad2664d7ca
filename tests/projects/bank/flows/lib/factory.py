"""Makes the DAG of an account."""

from datetime import datetime

from .alerts import channel, on_failure

ARGS = {"owner": "bank", "start_date": datetime(2024, 1, 1), "retries": 0, "on_failure_callback": on_failure}


def summary(account, audit):
    found = audit
    return {"account": account, "found": found, "channel": channel()}
