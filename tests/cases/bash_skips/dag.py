from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG("bash_skips", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    skips = BashOperator(task_id="skips", bash_command="echo nothing to do; exit 99")
    fails = BashOperator(task_id="fails", bash_command="exit 99", skip_on_exit_code=None)
    several = BashOperator(task_id="several", bash_command="test -e /nonexistent-input || exit 42", skip_on_exit_code=[41, 42], cwd="/")
    older = BashOperator(task_id="older", bash_command="exit 0", skip_exit_code=0)
    long = BashOperator(
        task_id="long",
        bash_command="""
        set -e
        test "{{ ds }}" = "2000-01-01" && exit 99
        echo "{{ ds }} is another day"
        """,
        env={"STAGE": "test"},
    )
    plain = BashOperator(task_id="plain", bash_command="echo {{ ds }}")
    elsewhere = BashOperator(task_id="elsewhere", bash_command="python3 -c 'print(1)'", do_xcom_push=False)
    after = BashOperator(task_id="after", bash_command="echo after", trigger_rule="none_failed")
    below = BashOperator(task_id="below", bash_command="echo below")
    [skips, several, older, long] >> after
    skips >> below
    fails >> BashOperator(task_id="at_last", bash_command="echo done", trigger_rule="all_done")
    plain >> elsewhere
