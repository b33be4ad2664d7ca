"""Hooks of SSH, SFTP and FTP in callables; Slack operators that a callback runs itself."""
from datetime import datetime, timedelta

from prefect import flow, task
from prefect.runtime import flow_run

from airflow_callbacks import task_hook
from airflow_connections import get_connection
from airflow_ftp import FTPHook
from airflow_resume import SAME_DATE
from airflow_slack import SlackAPIPostOperator, SlackWebhookOperator
from airflow_ssh import Airflow1SFTPHook, Airflow1SSHHook

SLACK_CONN_ID = 'slack'


def task_fail_slack_alert(context):
    slack_webhook_token = get_connection(SLACK_CONN_ID).password
    slack_msg = """
            :red_circle: Task Failed.
            *Task*: {task}
            *Dag*: {dag}
            *Execution Time*: {exec_date}
            *Log Url*: {log_url}
            """.format(
        task=context.get('task_instance').task_id,
        dag=context.get('task_instance').dag_id,
        ti=context.get('task_instance'),
        exec_date=context.get('execution_date'),
        log_url=context.get('task_instance').log_url,
    )
    failed_alert = SlackWebhookOperator(
        task_id='slack_test',
        http_conn_id='slack',
        webhook_token=slack_webhook_token,
        message=slack_msg,
        username='airflow')
    return failed_alert.execute(context=context)


def done(context):
    return SlackAPIPostOperator(task_id='done', slack_conn_id='slack_api', channel='#etl', text='done: ' + context['ds']).execute(context=context)


@task(
    name="remote",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
    on_failure=[task_hook(task_fail_slack_alert, timedelta(days=1))],
)
def remote(ds):
    ssh = Airflow1SSHHook(ssh_conn_id='etl_host')
    client = ssh.get_conn()
    try:
        _, stdout, _ = client.exec_command('ls /data/{}'.format(ds))
        return stdout.read().decode().split()
    finally:
        client.close()


@task(
    name="fetch",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
    on_failure=[task_hook(task_fail_slack_alert, timedelta(days=1))],
)
def fetch(ds):
    hook = Airflow1SFTPHook('partner')
    for name in hook.list_directory('/out'):
        if ds in name:
            hook.retrieve_file('/out/' + name, '/tmp/' + name)
    hook.close_conn()


@task(
    name="send",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
    on_failure=[task_hook(task_fail_slack_alert, timedelta(days=1))],
    on_completion=[task_hook(done, timedelta(days=1))],
)
def send():
    with FTPHook(ftp_conn_id='old_host') as ftp:
        ftp.store_file('/in/report.csv', '/tmp/report.csv')


@flow(name="hooks_slack_ssh")
def hooks_slack_ssh(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    remote(ds)
    fetch(ds)
    send()


if __name__ == "__main__":
    hooks_slack_ssh()
