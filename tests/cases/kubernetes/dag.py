"""Pods, as Airflow 1.10 has them."""
from datetime import datetime

from airflow import DAG
from airflow.contrib.kubernetes.pod_runtime_info_env import PodRuntimeInfoEnv
from airflow.contrib.kubernetes.secret import Secret
from airflow.contrib.kubernetes.volume import Volume
from airflow.contrib.kubernetes.volume_mount import VolumeMount
from airflow.contrib.operators.kubernetes_pod_operator import KubernetesPodOperator
from airflow.utils.decorators import apply_defaults

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


class JobOperator(KubernetesPodOperator):
    """A job of ours."""

    ui_color = '#abcdef'

    @apply_defaults
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


class ScriptOperator(KubernetesPodOperator):
    template_fields = KubernetesPodOperator.template_fields + ('script',)

    def __init__(self, script, memory='1Gi', dag=None, *args, **kwargs):
        self.script = script
        super().__init__(
            image='python:3', cmds=['python'], arguments=[script, '--stage', 'prod'], resources={'limit_memory': memory}, dag=dag, *args, **kwargs)


class DailyOperator(ScriptOperator):
    def __init__(self, *args, **kwargs):
        super().__init__(env_vars={'DAY': '{{ ds }}', 'MONTH': '{{ execution_date.strftime("%Y-%m") }}'}, *args, **kwargs)


default_args = {'owner': 'airflow', 'start_date': datetime(2020, 1, 1), 'namespace': 'default', 'in_cluster': True}
dag = DAG('kubernetes', default_args=default_args, schedule_interval='@daily')

plain = KubernetesPodOperator(
    task_id='plain', name='Plain_Pod', image='python:3.6', cmds=['python', '-c'], arguments=["print('{{ ds }}')"],
    labels={'foo': 'bar'}, get_logs=True, dag=dag)
full = KubernetesPodOperator(
    task_id='full',
    name='airflow-test-pod',
    namespace='team',
    image='ubuntu:16.04',
    cmds=['bash', '-cx'],
    arguments=['echo', '10', '{{ ds_nodash }}'],
    env_vars={'DAY': '{{ ds }}', 'STAGE': 'prod'},
    labels={'foo': 'bar'},
    annotations={'team': 'data'},
    secrets=[token, all_keys, files, Secret('env', 'other', 'tokens', 'other')],
    volumes=[volume],
    volume_mounts=[volume_mount],
    configmaps=['settings', 'more-settings'],
    pod_runtime_info_envs=[PodRuntimeInfoEnv('MY_IP', 'status.podIP')],
    resources={'request_memory': '128Mi', 'request_cpu': '100m', 'limit_memory': '1Gi', 'limit_gpu': 1},
    affinity=affinity,
    tolerations=tolerations,
    node_selectors={'pool': 'big'},
    image_pull_policy='Always',
    image_pull_secrets='one,two',
    service_account_name='runner',
    hostnetwork=True,
    dnspolicy='ClusterFirst',
    schedulername='default-scheduler',
    priority_class_name='high',
    security_context={'runAsUser': 1000},
    is_delete_operator_pod=True,
    startup_timeout_seconds=300,
    dag=dag)
returns = KubernetesPodOperator(
    task_id='returns', name='returns', image='alpine', cmds=['sh', '-c', 'echo {} > /airflow/xcom/return.json'], do_xcom_push=True, dag=dag)
template = KubernetesPodOperator(task_id='template', pod_template_file='/tmp/airflow2prefect_pod.yaml', image='busybox', dag=dag)
fails = KubernetesPodOperator(task_id='fails', name='fails', image='fails', log_events_on_failure=True, dag=dag)
own = JobOperator(task_id='own_job', job='clean', arguments=['{{ ds }}'], env_vars={'DAY': '{{ ds }}'}, dag=dag)
small = SmallJobOperator(task_id='small_job', job='tidy', version='2', dag=dag)
scripted = ScriptOperator(task_id='scripted', name='scripted', script='report_{{ ds }}.py', labels={'app': 'report'}, dag=dag)
daily = DailyOperator(task_id='daily', name='daily', script='x.py', dag=dag)
strange = KubernetesPodOperator(task_id='strange', name='strange', image='alpine', executor_config={'a': 1}, surprise=1, dag=dag)

plain >> full >> returns >> [template, fails]
returns >> own >> small >> scripted >> daily >> strange
