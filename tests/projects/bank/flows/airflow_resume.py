"""Resuming as Airflow does: a task that succeeded for a date does not run again for that date."""

import hashlib
import pickle
from datetime import datetime, timezone
from typing import Any

from prefect.cache_policies import TASK_SOURCE, CachePolicy
from prefect.context import FlowRunContext
from prefect.utilities.engine import get_state_for_result

SCALARS = (str, bytes, int, float, complex, bool, type(None), datetime)
KEYS: dict[Any, str] = {}  # by task run: what stands for its result in the keys of those that take it


class SameDate(CachePolicy):
    """The result of a task is kept for its flow, name, source, inputs and the flow's `logical_date`.

    Without a `logical_date` the time for which the run was scheduled counts: a flow run that is retried resumes.
    An input that another task returned is known by that task's key: large data is neither hashed nor copied.
    """

    def compute_key(self, task_ctx: Any, inputs: dict[str, Any], flow_parameters: dict[str, Any], **_: Any) -> str | None:
        run = FlowRunContext.get()
        if run is None or run.flow_run is None:
            return None
        try:
            source = TASK_SOURCE.compute_key(task_ctx, inputs, flow_parameters)
            upstream = task_ctx.task_run.task_inputs
            parts = [run.flow.name, task_ctx.task.name, source, date_of(run, flow_parameters)]
            parts += [(name, digest(value, upstream.get(name, ()))) for name, value in sorted(inputs.items())]
        except Exception:  # an input without a stable form: the task runs each time
            return None
        key = hashlib.sha256(repr(parts).encode()).hexdigest()
        KEYS[task_ctx.task_run.id] = key
        return key


def date_of(run: Any, flow_parameters: dict[str, Any]) -> tuple[str, str]:
    """The date that the run is for, and whether it was given or is when the run was scheduled: the two never meet."""
    given = flow_parameters.get("logical_date")
    moment = given or run.flow_run.expected_start_time
    moment = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    date = moment.replace(tzinfo=moment.tzinfo or timezone.utc).astimezone(timezone.utc).isoformat()
    return ("given" if given else "scheduled"), date


def digest(value: Any, upstream: Any) -> str:
    """What stands for an input in the key: its value, or the tasks that it came from and the plain values in it."""
    if isinstance(value, SCALARS):
        return repr(value)
    result = get_state_for_result(value)  # of a task that was called directly
    ids = [result[0].state_details.task_run_id] if result else [getattr(run, "id", None) for run in upstream]
    made_by = sorted(KEYS.get(id, "") for id in ids)
    if not made_by or "" in made_by:
        return hashlib.sha256(pickle.dumps(value)).hexdigest()
    items = [*value, *value.values()] if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else []
    return repr([made_by, [item for item in items[:100] if isinstance(item, SCALARS)]])


SAME_DATE = SameDate()
