from airflow.contrib.operators.kubernetes_pod_operator import KubernetesPodOperator
from airflow.utils.decorators import apply_defaults
from airflow.contrib.kubernetes.secret import Secret

DEFAULT_SECRETS = [Secret('env', 'A', 'b', 'c')]


class BasePod(KubernetesPodOperator):
    @apply_defaults
    def __init__(self, command, dag=None, env_vars=None, name=None, task_id=None, *args, **kwargs):
        if not name:
            name = task_id
        kwargs['is_delete_operator_pod'] = kwargs.get('is_delete_operator_pod', True)
        super(BasePod, self).__init__(task_id=task_id, dag=dag, name=name, namespace='jobs', image='acme/etl', arguments=command.split(),
            env_vars=dict(env_vars or {}, REGION='eu'), secrets=DEFAULT_SECRETS, startup_timeout_seconds=600, **kwargs)


class Other(BasePod):
    def __init__(self, *args, **kwargs):
        super().__init__(command='x {{ ds }}', *args, **kwargs)

class WithExecute(KubernetesPodOperator):
    def __init__(self, q, **kwargs):
        self.q = q
        super().__init__(image='a', **kwargs)

    def execute(self, context):
        self.arguments = [self.q, context['ds']]
        return super().execute(context)
class Retrying(KubernetesPodOperator):
    def __init__(self, **kwargs):
        super().__init__(image='a', retries=3, **kwargs)
