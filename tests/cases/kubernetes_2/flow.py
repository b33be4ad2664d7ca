"""Pods, as Airflow 2 has them."""
from datetime import datetime, timedelta

from prefect import flow, task
from prefect.runtime import flow_run
from kubernetes.client import models as k8s

from airflow_kubernetes import KubernetesPod, Secret
from airflow_resume import SAME_DATE

volume = k8s.V1Volume(name="scratch", empty_dir=k8s.V1EmptyDirVolumeSource())
mount = k8s.V1VolumeMount(name="scratch", mount_path="/scratch", read_only=False)
resources = k8s.V1ResourceRequirements(requests={"cpu": "100m"}, limits={"memory": "1Gi"})


@task(name="plain", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def plain(ds):
    KubernetesPod(image="python:3.12", cmds=["python", "-c"], arguments=[f"print('{ds}')"]).run()


@task(name="full", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def full(ds_nodash, ds):
    KubernetesPod(
        name=f"full-{ds_nodash}",
        namespace="team",
        image="ubuntu:24.04",
        arguments=[ds],
        env_vars={"DAY": ds, "STAGE": "prod"},
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
    ).run()


@task(name="elsewhere", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def elsewhere():
    KubernetesPod(image="alpine", kubernetes_conn_id="other_cluster").run()


@task(name="returns", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def returns():
    return KubernetesPod(image="alpine", do_xcom_push=True).run()


@task(name="described", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def described():
    KubernetesPod(
        image="busybox",
        full_pod_spec=k8s.V1Pod(
            metadata=k8s.V1ObjectMeta(labels={"a": "b"}, namespace="special"),
            spec=k8s.V1PodSpec(containers=[k8s.V1Container(name="base", env=[k8s.V1EnvVar(name="A", value="1")])], volumes=[volume]),
        ),
        volumes=[k8s.V1Volume(name="more", empty_dir=k8s.V1EmptyDirVolumeSource())],
    ).run()


@task(name="skips")
def skips():
    # KubernetesPodOperator(task_id="skips", image="alpine", skip_on_exit_code=99)
    raise NotImplementedError("A2P220: KubernetesPodOperator(skip_on_exit_code=...) changes what the task does and cannot be carried over")


@flow(name="kubernetes_2", log_prints=True)
def kubernetes_2(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"
    ds_nodash = f"{logical_date:%Y%m%d}"

    plain(ds)
    full(ds_nodash, ds)
    elsewhere()
    returns()
    described()
    skips()


if __name__ == "__main__":
    kubernetes_2()
