"""Hooks of SSH, SFTP and FTP in callables; Slack operators that a callback runs itself."""
from datetime import datetime

from airflow import DAG
from airflow.contrib.hooks.ftp_hook import FTPHook
from airflow.contrib.hooks.sftp_hook import SFTPHook
from airflow.contrib.hooks.ssh_hook import SSHHook
from airflow.contrib.operators.slack_webhook_operator import SlackWebhookOperator
from airflow.hooks.base_hook import BaseHook
from airflow.operators.python_operator import PythonOperator
from airflow.operators.slack_operator import SlackAPIPostOperator

SLACK_CONN_ID = 'slack'


def task_fail_slack_alert(context):
    slack_webhook_token = BaseHook.get_connection(SLACK_CONN_ID).password
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


def remote(ds, **kwargs):
    ssh = SSHHook(ssh_conn_id='etl_host')
    client = ssh.get_conn()
    try:
        _, stdout, _ = client.exec_command('ls /data/{}'.format(ds))
        return stdout.read().decode().split()
    finally:
        client.close()


def fetch(ds, **kwargs):
    hook = SFTPHook('partner')
    for name in hook.list_directory('/out'):
        if ds in name:
            hook.retrieve_file('/out/' + name, '/tmp/' + name)
    hook.close_conn()


def send():
    with FTPHook(ftp_conn_id='old_host') as ftp:
        ftp.store_file('/in/report.csv', '/tmp/report.csv')


default_args = {'start_date': datetime(2020, 1, 1), 'on_failure_callback': task_fail_slack_alert}
with DAG('hooks_slack_ssh', default_args=default_args, schedule_interval='@daily', catchup=False) as dag:
    r = PythonOperator(task_id='remote', python_callable=remote, provide_context=True)
    f = PythonOperator(task_id='fetch', python_callable=fetch, provide_context=True)
    s = PythonOperator(task_id='send', python_callable=send, on_success_callback=done)
    r >> f >> s
