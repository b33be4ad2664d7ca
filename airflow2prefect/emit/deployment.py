"""prefect.yaml: https://docs.prefect.io/v3/how-to-guides/deployments/prefect-yaml"""

from __future__ import annotations

import re
from collections.abc import Iterable

from airflow2prefect.emit.templates import package_template
from airflow2prefect.model import Deployment, WorkPool

FLOWS = "/opt/flows"  # where an image has the flows


def prefect_yaml(deployments: Iterable[tuple[str, Deployment]], pool: WorkPool) -> str:
    """The file for (path of the flow module from its folder, with slashes; deployment) each. Names are made unique."""
    entries: list[dict[str, object]] = []
    names: set[str] = set()
    for path, deployment in deployments:
        entry = dict(deployment.entries)
        entry["entrypoint"] = f"{path}:{deployment.flow.rpartition(':')[2]}"
        name = deployment_name(str(entry["name"]))
        if name in names:
            name = deployment_name(f"{name} {path}")
        names.add(name)
        entries.append({**entry, "name": name})
    repository, _, tag = pool.image.rpartition(":") if ":" in pool.image.rpartition("/")[2] else (pool.image, "", "")
    text = package_template("prefect.yaml").render(deployments=entries, pool=pool, flows=FLOWS, image={"name": repository, "tag": tag})
    return text.rstrip("\n") + "\n"


def dockerfile() -> str:
    """Of the image that prefect.yaml builds."""
    return package_template("Dockerfile").render(flows=FLOWS)


def deployment_name(text: str) -> str:
    """Prefect refuses a few characters in names."""
    return re.sub(r"[/%&><\s]+", "-", text)
