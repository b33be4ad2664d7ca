import logging

from airflow.models import Variable


def on_failure(context):
    """Tells that a task has failed."""
    logging.error("failed: %s, %s", context["task_instance"].task_id, context.get("exception"))


def channel():
    return Variable.get("ALERT_CHANNEL", default_var="#bank")
