"""What we wrote into a folder of flows: so that nobody's edits are overwritten, and what several flows share stays whole."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

NAME = ".airflow2prefect.json"
ALL = "*"  # of a helper module: everything


@dataclass(slots=True)
class Manifest:
    """By path in the folder, with `/`: the hash of each file as we wrote it; of each flow, its deployments, its lines of
    requirements.txt, and what it uses of the helper modules beside it (or above it, with `../`), by their name; of each copy of the user's
    own modules, the flows that import it."""

    folder: Path
    hashes: dict[str, str] = field(default_factory=dict)
    deployments: dict[str, list[list[object]]] = field(default_factory=dict)
    requirements: dict[str, list[str]] = field(default_factory=dict)
    uses: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    modules: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """That of a folder; an empty one where there is none or it cannot be read."""
        made = cls(folder)
        try:
            known = json.loads((folder / NAME).read_text(encoding="utf-8"))
            made.hashes = {str(k): str(v) for k, v in known["files"].items()}
            made.deployments = {path: rows for path, rows in known["deployments"].items() if (folder / path).exists()}
            made.requirements = {path: rows for path, rows in known.get("requirements", {}).items() if (folder / path).exists()}
            made.uses = {path: dict(uses) for path, uses in known.get("uses", {}).items() if (folder / path).exists()}
            made.modules = {str(path): list(map(str, flows)) for path, flows in known.get("modules", {}).items()}
        except (OSError, ValueError, KeyError, AttributeError, TypeError):
            pass
        return made

    def text(self) -> str:
        # Sorted by path only: the entries of a deployment have an order of their own.
        known: dict[str, object] = {
            "deployments": dict(sorted(self.deployments.items())),
            "files": dict(sorted(self.hashes.items())),
            "requirements": dict(sorted(self.requirements.items())),
            "uses": dict(sorted(self.uses.items())),
        }
        if self.modules:
            known["modules"] = dict(sorted(self.modules.items()))
        return json.dumps(known, indent=1) + "\n"

    def is_ours(self, key: str, data: bytes) -> bool:
        """Whether a file is as we wrote it."""
        return self.hashes.get(key) == hash_of(data)

    def used_beside(self, place: str, modules: Collection[str], passed_over: Collection[str]) -> dict[str, set[str]]:
        """What the flows in the folder `place` use of these helper modules, by name. `passed_over`: paths that do not count.

        Of a flow that is not ours, or was edited, nobody knows: it may use everything of the modules that it names.
        """
        found: dict[str, set[str]] = {module: set() for module in modules}
        for path in sorted((self.folder / place).glob("*.py")) if modules else ():
            key = os.path.join(place, path.name).replace(os.sep, "/")
            if key in passed_over or key in self.modules:
                continue
            data = path.read_bytes()
            if key in self.uses and self.is_ours(key, data):
                for module in modules:
                    found[module].update(self.uses[key].get(module, ()))
            else:
                text = data.decode("utf-8", "replace")
                for module in modules:
                    if re.search(rf"\b{module}\b", text):
                        found[module] |= {ALL, "processes"} if "TaskRunner" in text else {ALL}
        for key, uses in self.uses.items():
            for name, names in uses.items() if key not in passed_over else ():
                home, module = located(os.path.dirname(key), name)
                if "/" in name and home == place and module in found:
                    found[module].update(names)
        return found


def located(place: str, name: str) -> tuple[str, str]:
    """The folder and the name of a helper module that a flow in the folder `place` uses under `name`, `../airflow_rules` perhaps."""
    path = os.path.normpath(os.path.join(place, name))
    return os.path.dirname(path), os.path.basename(path)


def hash_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
