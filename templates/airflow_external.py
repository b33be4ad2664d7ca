"""Runs of other flows: starting them and waiting for them, as Airflow does with other DAGs.

The flow that stands for a DAG, and its deployment, have the dag_id as their name.
"""

import time
from datetime import datetime, timezone
from zoneinfo import ZoneInfo

from airflow_dates import previous_tick
from airflow_rules import Skip
from dateutil.rrule import rrulestr
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowFilter, FlowRunFilter, TaskRunFilter
from prefect.deployments import run_deployment

PAGE = 200  # what the server gives at once


def external_done(dag_id, dates, task_ids=None, *, allowed_states=("success",), failed_states=(), check_existence=False):
    """Whether all runs of a flow for these logical dates, or these tasks in them, are in one of `allowed_states`."""
    return judged(external_states(dag_id, dates, task_ids, check_existence), allowed_states, failed_states)


def external_done_or_skip(
    dag_id,
    dates,
    task_ids=None,
    *,
    skipped_states,
    allowed_states=("success",),
    failed_states=(),
    check_existence=False,
):
    """The same; one of them in one of `skipped_states` skips the task."""
    states = external_states(dag_id, dates, task_ids, check_existence)
    done = judged(states, allowed_states, failed_states)
    if set(states) & set(skipped_states):
        raise Skip(f"{dag_id} is {states}")
    return done


def judged(states, allowed_states, failed_states):
    if set(states) & set(failed_states):
        raise RuntimeError(f"what the task waits for has failed: {states}")
    return all(state in allowed_states for state in states)


def external_states(dag_id, dates, task_ids=None, check_existence=False):
    """Airflow's words for the states of the runs for these dates, or of these tasks in each; None where there is no run."""
    dates = dates if isinstance(dates, list) else [dates]
    task_ids = [task_ids] if isinstance(task_ids, str) else task_ids
    with get_client(sync_client=True) as client:
        if check_existence:
            client.read_flow_by_name(dag_id)
        runs = [run_for(client, dag_id, utc(date)) for date in dates]
        if not task_ids:
            return [run and word(run.state) for run in runs]
        return [run and task_state(client, run, task_id) for run in runs for task_id in task_ids]


def run_for(client, dag_id, date):
    """The newest run of a flow for a logical date."""
    flows = FlowFilter.model_validate({"name": {"any_": [dag_id]}})
    times = {"after_": date, "before_": datetime.now(timezone.utc)}
    found = FlowRunFilter.model_validate({"expected_start_time": times})
    offset, schedules = 0, {}
    while page := client.read_flow_runs(
        flow_filter=flows, flow_run_filter=found, sort="EXPECTED_START_TIME_DESC", limit=PAGE, offset=offset
    ):
        for run in page:
            if logical_date_of(client, run, schedules) == date:
                return run
        offset += PAGE
    return None


def logical_date_of(client, run, schedules):
    """The date that the run was given, else the tick of its schedule before the one for which it runs."""
    given = run.parameters.get("logical_date")
    if given:
        return utc(given)
    if run.deployment_id is None:
        return utc(run.expected_start_time)
    if run.deployment_id not in schedules:
        schedules[run.deployment_id] = [each.schedule for each in client.read_deployment(run.deployment_id).schedules]
    return tick_before(schedules[run.deployment_id], utc(run.expected_start_time))


def tick_before(schedules, moment):
    for schedule in schedules:
        zone = schedule.timezone or "UTC"
        if hasattr(schedule, "interval"):
            return moment - schedule.interval
        if hasattr(schedule, "cron"):
            return previous_tick(schedule.cron, moment, zone)
        local = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        return utc(rrulestr(schedule.rrule).before(local).replace(tzinfo=ZoneInfo(zone)))
    return moment


def task_state(client, run, task_id):
    """The state of a task of a run. One that did not run in a flow that has ended was skipped, or came after a failure."""
    tasks = TaskRunFilter.model_validate({"name": {"like_": task_id}})
    of_run = FlowRunFilter.model_validate({"id": {"any_": [run.id]}})
    offset, found = 0, []
    while page := client.read_task_runs(flow_run_filter=of_run, task_run_filter=tasks, limit=PAGE, offset=offset):
        found += [each for each in page if each.name.rpartition("-")[0] == task_id]
        offset += PAGE
    if found:
        return word(max(found, key=lambda each: utc(each.expected_start_time)).state)
    return {"success": "skipped", "failed": "upstream_failed"}.get(word(run.state))


def word(state):
    """Airflow's word for a state of Prefect's."""
    words = {"Skipped": "skipped", "NotReady": "upstream_failed", "AwaitingRetry": "up_for_retry"}
    types = {
        "COMPLETED": "success",
        "FAILED": "failed",
        "CRASHED": "failed",
        "CANCELLED": "failed",
        "RUNNING": "running",
    }
    return words.get(state.name) or types.get(state.type.value, "queued")


def trigger_dag_run(
    dag_id,
    *,
    conf=None,
    logical_date=None,
    run_id=None,
    reset_dag_run=False,
    on_existing=RuntimeError,
    overrides_params=False,
):
    """Start a run of the deployment of a DAG. Its flow gets `conf` and `logical_date` (by default now) if it takes them.

    Where a run for a given `logical_date` is there already, it raises `on_existing`, unless `reset_dag_run`.
    `overrides_params`: items of `conf` also replace the params of the same names.
    """
    name, date = f"{dag_id}/{dag_id}", utc(logical_date or datetime.now(timezone.utc))
    with get_client(sync_client=True) as client:
        takes = client.read_deployment_by_name(name).parameter_openapi_schema.get("properties", {})
        if logical_date and not reset_dag_run and run_for(client, dag_id, date):
            raise on_existing(f"{dag_id} has a run for {date}")
    given = {**(conf or {} if overrides_params else {}), "conf": conf, "logical_date": date}
    parameters = {key: value for key, value in given.items() if key in takes}
    return run_deployment(name, parameters=parameters, flow_run_name=run_id, timeout=0, as_subflow=False)


class DagRunOrder:
    """What a callable is given to fill, and returns to have a run started."""

    def __init__(self):
        self.run_id, self.payload = f"trig__{datetime.now(timezone.utc).isoformat()}", None


def trigger_ordered(dag_id, order, *, logical_date=None):
    """Start the run that a callable ordered, if it ordered one."""
    if order:
        trigger_dag_run(dag_id, conf=order.payload, logical_date=logical_date, run_id=order.run_id)


def wait_for_run(run, *, poke_interval=60, allowed_states=("success",), failed_states=("failed",)):
    """Wait until a run has ended in one of `allowed_states`; one of `failed_states` fails the task."""
    with get_client(sync_client=True) as client:
        while True:
            time.sleep(poke_interval)
            state = word(client.read_flow_run(run.id).state)
            if state in failed_states:
                raise RuntimeError(f"{run.name} is {state}")
            if state in allowed_states:
                return


def utc(moment):
    """A datetime, or text in ISO 8601, in UTC; it is in UTC if it has no offset."""
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment.replace("Z", "+00:00"))
    return moment.replace(tzinfo=moment.tzinfo or timezone.utc).astimezone(timezone.utc)
