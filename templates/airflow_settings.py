"""Settings of Apache Airflow, from the environment: AIRFLOW__CORE__DAGS_FOLDER for `dags_folder` of [core].

https://airflow.apache.org/docs/apache-airflow/1.10.15/howto/set-config.html
"""

import os
from typing import Any

UNSET = object()


class airflow_conf:
    """What `airflow.configuration.conf` is in Airflow, without a file: a setting that the environment lacks raises KeyError."""

    @staticmethod
    def get(section: str, key: str, fallback: Any = UNSET, **_: Any) -> Any:
        name = f"AIRFLOW__{section.upper().replace('.', '_')}__{key.upper()}"
        if name in os.environ:
            return os.path.expanduser(os.path.expandvars(os.environ[name]))
        if fallback is UNSET:
            raise KeyError(f"{name} is not set: the flow has no airflow.cfg for [{section}] {key}")
        return fallback

    @classmethod
    def getint(cls, section: str, key: str, **kwargs: Any) -> int:
        return int(cls.get(section, key, **kwargs))

    @classmethod
    def getfloat(cls, section: str, key: str, **kwargs: Any) -> float:
        return float(cls.get(section, key, **kwargs))

    @classmethod
    def getboolean(cls, section: str, key: str, **kwargs: Any) -> bool:
        value = str(cls.get(section, key, **kwargs)).lower().partition("#")[0].strip()
        if value not in ("t", "true", "1", "f", "false", "0"):
            raise ValueError(f"[{section}] {key} is no boolean: {value}")
        return value in ("t", "true", "1")

    @classmethod
    def has_option(cls, section: str, key: str) -> bool:
        return cls.get(section, key, fallback=None) is not None
