from functools import partial
from datetime import datetime, timedelta
from airflow import DAG
from airflow.operators.python import PythonOperator
from airflow.operators.bash import BashOperator
from airflow.providers.slack.notifications.slack import send_slack_notification
from alerts import Alert, notify, make_alert


class Own:
    def __init__(self, name):
        self.name = name

    def __call__(self, context):
        print(self.name, context["ti"].task_id)


def tell(context, channel="x"):
    print(channel, context["task_instance"].task_id, context["ds"])


def make(channel):
    def inner(context):
        print(channel, context["ti"].task_id)
    return inner


with DAG("callback_lists", start_date=datetime(2024, 1, 1), schedule="@daily", catchup=False,
         on_failure_callback=[tell, make("dag")],
         default_args={"retries": 1, "on_retry_callback": [tell]}) as dag:
    a = BashOperator(task_id="a", bash_command="echo 1", on_failure_callback=[tell, notify])
    b = BashOperator(task_id="b", bash_command="echo 1", on_failure_callback=Own("b"))
    c = BashOperator(task_id="c", bash_command="echo 1", on_failure_callback=partial(tell, channel="y"))
    d = BashOperator(task_id="d", bash_command="echo 1", on_failure_callback=[make("d"), Alert("x"), make_alert("y")], on_success_callback=lambda context: tell(context, "l"))
    e = BashOperator(task_id="e", bash_command="echo 1", on_failure_callback=send_slack_notification(text="x {{ ds }}"))
    f = BashOperator(task_id="f", bash_command="echo 1", on_retry_callback=[tell, notify])
