"""Pods, as Airflow 2 has them."""
from datetime import datetime

from airflow import DAG
from airflow.providers.cncf.kubernetes.operators.pod import KubernetesPodOperator
from airflow.providers.cncf.kubernetes.secret import Secret
from kubernetes.client import models as k8s

volume = k8s.V1Volume(name="scratch", empty_dir=k8s.V1EmptyDirVolumeSource())
mount = k8s.V1VolumeMount(name="scratch", mount_path="/scratch", read_only=False)
resources = k8s.V1ResourceRequirements(requests={"cpu": "100m"}, limits={"memory": "1Gi"})

with DAG("kubernetes_2", start_date=datetime(2024, 1, 1), schedule="@daily", catchup=False) as dag:
    plain = KubernetesPodOperator(task_id="plain", image="python:3.12", cmds=["python", "-c"], arguments=["print('{{ ds }}')"])
    full = KubernetesPodOperator(
        task_id="full",
        name="full-{{ ds_nodash }}",
        namespace="team",
        image="ubuntu:24.04",
        arguments=["{{ ds }}"],
        env_vars=[k8s.V1EnvVar(name="DAY", value="{{ ds }}"), k8s.V1EnvVar(name="STAGE", value="prod")],
        env_from=[k8s.V1EnvFromSource(config_map_ref=k8s.V1ConfigMapEnvSource(name="settings"))],
        secrets=[Secret("volume", "/etc/keys", "keys"), Secret("env", "token", "tokens", "main")],
        volumes=[volume],
        volume_mounts=[mount],
        container_resources=resources,
        node_selector={"pool": "big"},
        tolerations=[k8s.V1Toleration(key="gpu", operator="Exists")],
        affinity=k8s.V1Affinity(pod_anti_affinity=k8s.V1PodAntiAffinity()),
        image_pull_secrets=[k8s.V1LocalObjectReference(name="one")],
        service_account_name="runner",
        security_context=k8s.V1PodSecurityContext(run_as_user=1000),
        container_security_context={"privileged": False},
        hostname="host",
        active_deadline_seconds=600,
        on_finish_action="delete_succeeded_pod",
        random_name_suffix=False,
    )
    elsewhere = KubernetesPodOperator(task_id="elsewhere", image="alpine", kubernetes_conn_id="other_cluster", deferrable=True)
    returns = KubernetesPodOperator(task_id="returns", image="alpine", do_xcom_push=True)
    described = KubernetesPodOperator(
        task_id="described",
        image="busybox",
        full_pod_spec=k8s.V1Pod(
            metadata=k8s.V1ObjectMeta(labels={"a": "b"}, namespace="special"),
            spec=k8s.V1PodSpec(containers=[k8s.V1Container(name="base", env=[k8s.V1EnvVar(name="A", value="1")])], volumes=[volume]),
        ),
        volumes=[k8s.V1Volume(name="more", empty_dir=k8s.V1EmptyDirVolumeSource())],
    )
    skips = KubernetesPodOperator(task_id="skips", image="alpine", skip_on_exit_code=99)
    plain >> full >> elsewhere >> returns >> described >> skips
