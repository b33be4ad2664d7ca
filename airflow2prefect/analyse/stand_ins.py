"""What stands for objects of Airflow's in code that stays."""

from __future__ import annotations

# What stands for an object of Airflow's in a flow, by the end of its import path.
STAND_INS = {
    "exceptions.AirflowSkipException": "Skip",
    "exceptions.AirflowFailException": "FailNow",
    "exceptions.AirflowException": "RuntimeError",
    "AirflowException": "RuntimeError",
    "exceptions.AirflowBadRequest": "RuntimeError",
    "exceptions.AirflowTaskTimeout": "RuntimeError",
    "exceptions.AirflowSensorTimeout": "RuntimeError",  # 2.x does not try again after it
    "sensors.base.PokeReturnValue": "PokeReturnValue",
}
# Parts of pods. `kubernetes` is what 1.10 and contrib have them in, `backcompat` the first providers.
_PODS = {
    "secret.Secret": ("contrib.kubernetes", "kubernetes", "providers.cncf.kubernetes"),
    "volume.Volume": ("contrib.kubernetes", "kubernetes", "providers.cncf.kubernetes.backcompat"),
    "volume_mount.VolumeMount": ("contrib.kubernetes", "kubernetes", "providers.cncf.kubernetes.backcompat"),
    "pod_runtime_info_env.PodRuntimeInfoEnv": ("contrib.kubernetes", "kubernetes", "providers.cncf.kubernetes.backcompat"),
    "pod.Port": ("contrib.kubernetes", "kubernetes", "providers.cncf.kubernetes.backcompat"),
    "pod.Resources": ("contrib.kubernetes", "kubernetes", "providers.cncf.kubernetes.backcompat"),
}
STAND_INS |= {f"{where}.{what}": what.rpartition(".")[2] for what, places in _PODS.items() for where in places}


def stand_in(path: str, airflow: int) -> str:
    """What stands for an object of Airflow's in a flow, "" if nothing does."""
    if airflow >= 2 and path == "airflow.exceptions.AirflowSensorTimeout":
        return "FailNow"
    return STAND_INS.get(path.removeprefix("airflow."), "") if path.startswith("airflow.") else ""
