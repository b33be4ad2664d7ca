from datetime import datetime, timedelta, timezone

from prefect import flow, task
from prefect.runtime import flow_run


@task(name="pick")
def choose(logical_date):
    return 'train_full' if logical_date.weekday() == 6 else 'train_delta'


@task
def train(scope):
    print('training on', scope)
    return {'scope': scope, 'auc': 0.9}


@task(name="publish")
def publish(train_full, train_delta):
    model = [train_full, train_delta]
    print([m for m in model if m])


@flow(name="retrain", log_prints=True)
def retrain(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    logical_date = logical_date.replace(tzinfo=logical_date.tzinfo or timezone.utc)

    full = delta = None
    match choose(logical_date):
        case "train_full":
            full = train.with_options(name="train_full")("all")
        case "train_delta":
            delta = train.with_options(name="train_delta")("yesterday")
    publish(full, delta)


if __name__ == "__main__":
    retrain()
