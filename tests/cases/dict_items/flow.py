"""Dicts that tasks take single items of: what the DAG knows is written out, and no more of it."""
import sys
from datetime import datetime

from prefect import flow, task
from prefect.runtime import flow_run
from prefect_shell import ShellOperation


@task(name="evaluate")
def evaluate(name, least, first, limit=None):
    return f"{name} {least} {first} {limit}"


@task(name="train")
def train():
    return ShellOperation(commands=["echo Churn Model /data/a"]).run()[-1]


@task(name="store")
def store(ds):
    return ShellOperation(commands=[f"echo /models/{ds}/model"]).run()[-1]


@task(name="plain")
def plain(ds):
    return ShellOperation(commands=[f"echo /models/{ds}"]).run()[-1]


@task(name="train")
def model_fraud_train():
    return ShellOperation(commands=["echo fraud /data/c"]).run()[-1]


@task(name="store")
def model_fraud_store(ds_nodash):
    return ShellOperation(commands=[f"echo /other/{ds_nodash}/model"]).run()[-1]


@task(name="plain")
def model_fraud_plain(ds_nodash):
    return ShellOperation(commands=[f"echo /other/{ds_nodash}"]).run()[-1]


@flow(name="model_churn_model", description="Trains Churn Model from /data")
def model_churn_model(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    logical_date = logical_date or flow_run.scheduled_start_time
    ds = f"{logical_date:%Y-%m-%d}"

    trained = train.submit()
    stored = store.submit(ds, wait_for=[trained])
    evaluated = evaluate.submit(name="Churn Model", least=0.9, first="a", limit=3)
    plain_run = plain.submit(ds, wait_for=[stored])
    return [evaluated, plain_run]


@flow(name="model_fraud", description="Trains fraud from /data")
def model_fraud(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    logical_date = logical_date or flow_run.scheduled_start_time
    ds_nodash = f"{logical_date:%Y%m%d}"

    trained = model_fraud_train.submit()
    stored = model_fraud_store.submit(ds_nodash, wait_for=[trained])
    evaluated = evaluate.submit(name="fraud", least=0.2, first="c", limit=3)
    plain_run = model_fraud_plain.submit(ds_nodash, wait_for=[stored])
    return [evaluated, plain_run]


if __name__ == "__main__":
    states = [each(return_state=True) for each in (model_churn_model, model_fraud)]
    sys.exit(not all(state.is_completed() for state in states))
