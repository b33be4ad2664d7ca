from airflow_kubernetes import Airflow1KubernetesPod, Secret

DEFAULT_SECRETS = [Secret('env', 'A', 'b', 'c')]


class BasePod(Airflow1KubernetesPod):
    def __init__(self, command, dag=None, env_vars=None, name=None, task_id=None, *args, **kwargs):
        if not name:
            name = task_id
        kwargs['is_delete_operator_pod'] = kwargs.get('is_delete_operator_pod', True)
        super(BasePod, self).__init__(task_id=task_id, name=name, namespace='jobs', image='acme/etl', arguments=command.split(),
            env_vars=dict(env_vars or {}, REGION='eu'), secrets=DEFAULT_SECRETS, startup_timeout_seconds=600, **kwargs)


class Other(BasePod):
    def __init__(self, *args, **kwargs):
        super().__init__(command='x {{ ds }}', *args, **kwargs)
