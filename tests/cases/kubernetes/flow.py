"""Pods, as Airflow 1.10 has them."""
import sys
from datetime import datetime, timedelta, timezone

from jinja2 import StrictUndefined
from prefect import flow, task
from prefect.runtime import flow_run

from airflow_kubernetes import Airflow1KubernetesPod, PodRuntimeInfoEnv, Secret, Volume, VolumeMount
from airflow_resume import SAME_DATE
from airflow_templates import render

# what all jobs know
token = Secret('env', 'api_token', 'tokens', 'main')
all_keys = Secret('env', None, 'database')
files = Secret('volume', '/etc/sql_conn', 'airflow-secrets', 'sql_alchemy_conn')
volume = Volume(name='scratch', configs={'persistentVolumeClaim': {'claimName': 'scratch'}})
volume_mount = VolumeMount('scratch', mount_path='/scratch', sub_path=None, read_only=True)

affinity = {
    'nodeAffinity': {
        'preferredDuringSchedulingIgnoredDuringExecution': [
            {"weight": 1, "preference": {"matchExpressions": {"key": "disktype", "operator": "In", "values": ["ssd"]}}}
        ]
    },
}
tolerations = [{'key': "key", 'operator': 'Equal', 'value': 'value'}]


class JobOperator(Airflow1KubernetesPod):
    """A job of ours."""

    def __init__(self, job, version='latest', env_vars=None, *args, **kwargs):
        env = {'JOB': job}
        env.update(env_vars or {})
        super(JobOperator, self).__init__(
            image='registry/{}:{}'.format(job, version),
            name=kwargs['task_id'].replace('_', '-'),
            namespace='jobs',
            env_vars=env,
            is_delete_operator_pod=True,
            *args, **kwargs)


class SmallJobOperator(JobOperator):
    def __init__(self, **kwargs):
        kwargs.setdefault('resources', {'limit_cpu': 1, 'request_memory': '64Mi'})
        super().__init__(**kwargs)


class ScriptOperator(Airflow1KubernetesPod):
    def __init__(self, script, memory='1Gi', dag=None, *args, **kwargs):
        self.script = script
        super().__init__(
            image='python:3', cmds=['python'], arguments=[script, '--stage', 'prod'], resources={'limit_memory': memory}, *args, **kwargs)


class DailyOperator(ScriptOperator):
    def __init__(self, *args, **kwargs):
        super().__init__(env_vars={'DAY': '{{ ds }}', 'MONTH': '{{ execution_date.strftime("%Y-%m") }}'}, *args, **kwargs)


default_args = {'owner': 'airflow', 'start_date': datetime(2020, 1, 1), 'namespace': 'default', 'in_cluster': True}


@task(name="plain", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def plain(ds):
    Airflow1KubernetesPod(
        name="Plain_Pod",
        image="python:3.6",
        cmds=["python", "-c"],
        arguments=[f"print('{ds}')"],
        labels={"foo": "bar"},
        get_logs=True,
        namespace="default",
        in_cluster=True,
    ).run()


@task(name="full", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def full(ds_nodash, ds):
    Airflow1KubernetesPod(
        name="airflow-test-pod",
        namespace="team",
        image="ubuntu:16.04",
        cmds=["bash", "-cx"],
        arguments=["echo", "10", ds_nodash],
        env_vars={"DAY": ds, "STAGE": "prod"},
        labels={"foo": "bar"},
        annotations={"team": "data"},
        secrets=[token, all_keys, files, Secret("env", "other", "tokens", "other")],
        volumes=[volume],
        volume_mounts=[volume_mount],
        configmaps=["settings", "more-settings"],
        pod_runtime_info_envs=[PodRuntimeInfoEnv("MY_IP", "status.podIP")],
        resources={"request_memory": "128Mi", "request_cpu": "100m", "limit_memory": "1Gi", "limit_gpu": 1},
        affinity=affinity,
        tolerations=tolerations,
        node_selectors={"pool": "big"},
        image_pull_policy="Always",
        image_pull_secrets="one,two",
        service_account_name="runner",
        hostnetwork=True,
        dnspolicy="ClusterFirst",
        schedulername="default-scheduler",
        priority_class_name="high",
        security_context={"runAsUser": 1000},
        is_delete_operator_pod=True,
        startup_timeout_seconds=300,
        in_cluster=True,
    ).run()


@task(name="returns", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def returns():
    return Airflow1KubernetesPod(
        name="returns",
        image="alpine",
        cmds=["sh", "-c", "echo {} > /airflow/xcom/return.json"],
        do_xcom_push=True,
        namespace="default",
        in_cluster=True,
    ).run()


@task(name="template", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def template():
    Airflow1KubernetesPod(
        pod_template_file="/tmp/airflow2prefect_pod.yaml", image="busybox", namespace="default", in_cluster=True
    ).run()


@task(name="fails", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def fails():
    Airflow1KubernetesPod(
        name="fails", image="fails", log_events_on_failure=True, namespace="default", in_cluster=True
    ).run()


@task(name="own_job", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def own_job(ds):
    return JobOperator(
        job="clean",
        arguments=[ds],
        env_vars={"DAY": ds},
        default_args={"namespace": "default", "in_cluster": True},
        task_id="own_job",
    ).run()


@task(name="small_job", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def small_job():
    return SmallJobOperator(
        job="tidy", version="2", default_args={"namespace": "default", "in_cluster": True}, task_id="small_job"
    ).run()


@task(name="scripted", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def scripted(ds):
    return ScriptOperator(
        name="scripted",
        script=f"report_{ds}.py",
        labels={"app": "report"},
        default_args={"namespace": "default", "in_cluster": True},
    ).run()


@task(name="daily", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def daily(context):
    return DailyOperator(
        name="daily", script="x.py", default_args={"namespace": "default", "in_cluster": True}
    ).run(lambda text: render(text, undefined=StrictUndefined, **context))


@task(name="strange", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def strange():
    Airflow1KubernetesPod(name="strange", image="alpine", namespace="default", in_cluster=True).run()


@flow(name="kubernetes", log_prints=True)
def kubernetes(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    logical_date = logical_date.replace(tzinfo=logical_date.tzinfo or timezone.utc)
    ds = f"{logical_date:%Y-%m-%d}"
    ds_nodash = f"{logical_date:%Y%m%d}"
    context = {
        "ds": f"{logical_date:%Y-%m-%d}",
        "ds_nodash": f"{logical_date:%Y%m%d}",
        "ts": logical_date.isoformat(),
        "ts_nodash": f"{logical_date:%Y%m%dT%H%M%S}",
        "yesterday_ds": f"{logical_date - timedelta(days=1):%Y-%m-%d}",
        "tomorrow_ds": f"{logical_date + timedelta(days=1):%Y-%m-%d}",
        "prev_ds": f"{logical_date - timedelta(days=1):%Y-%m-%d}",
        "next_ds": f"{logical_date + timedelta(days=1):%Y-%m-%d}",
        "execution_date": logical_date,
        "prev_execution_date": logical_date - timedelta(days=1),
        "next_execution_date": logical_date + timedelta(days=1),
    }

    plain_run = plain.submit(ds)
    full_run = full.submit(ds_nodash, ds, wait_for=[plain_run])
    returns_run = returns.submit(wait_for=[full_run])
    template_run = template.submit(wait_for=[returns_run])
    fails_run = fails.submit(wait_for=[returns_run])
    own = own_job.submit(ds, wait_for=[returns_run])
    small = small_job.submit(wait_for=[own])
    scripted_run = scripted.submit(ds, wait_for=[small])
    daily_run = daily.submit(context, wait_for=[scripted_run])
    strange_run = strange.submit(wait_for=[daily_run])
    return [template_run, fails_run, strange_run]


if __name__ == "__main__":
    sys.exit(not kubernetes(return_state=True).is_completed())
