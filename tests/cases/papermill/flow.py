"""Notebooks."""
from datetime import datetime, timedelta

from papermill import execute_notebook
from prefect import flow, task
from prefect.runtime import flow_run

from airflow_messages import send_telegram
from airflow_resume import SAME_DATE


@task(name="run", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def run(ds):
    execute_notebook(
        input_path="/nb/in.ipynb",
        output_path=f"/nb/out-{ds}.ipynb",
        parameters={"day": ds},
        kernel_name="python3",
        progress_bar=False,
        report_mode=True,
    )


@task(name="away")
def away():
    # PapermillOperator(task_id="away", input_nb="/nb/in.ipynb", output_nb="/nb/out.ipynb", kernel_conn_id="kernel")
    raise NotImplementedError("A2P220: PapermillOperator(kernel_conn_id=...) changes what the task does and cannot be carried over")


@task(name="tell", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def tell(ds):
    send_telegram(telegram_conn_id="telegram_default", chat_id="-3222103937", text=f"{ds} is done")


@flow(name="papermill")
def papermill(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    run(ds)
    away()
    tell(ds)


if __name__ == "__main__":
    papermill()
