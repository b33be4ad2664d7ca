"""What stands for Airflow's task instance in callables that hand it on."""

from collections.abc import Iterable, Mapping
from typing import Any


class TaskInstance:
    """XComs of the tasks before, by task_id and key; what is pushed is in `pushed`, for the task to return."""

    def __init__(self, xcoms: Mapping[str, Mapping[str, Any]] | None = None) -> None:
        self.xcoms = dict(xcoms or {})
        self.pushed: dict[str, Any] = {}

    def xcom_push(self, key: str, value: Any) -> None:
        self.pushed[key] = value

    def xcom_pull(self, task_ids: str | Iterable[str] | None = None, *, key: str | None = "return_value") -> Any:
        """The value of one task, the tuple of several, or with neither that of the last task that has the key."""
        if task_ids is None:
            found = [values[key] for values in self.xcoms.values() if key in values and (key != "return_value" or values[key] is not None)]
            return found[-1] if found else None
        if isinstance(task_ids, str):
            values = self.xcoms.get(task_ids) or {}
            return values.get(key) if key is not None else next(reversed(values.values()), None)
        return tuple(self.xcom_pull(task_id, key=key) for task_id in task_ids)
