from datetime import datetime, timedelta, timezone
import os
import sys

from operators.data_quality import DataQualityOperator
from operators.load_dimension import LoadDimensionOperator
from operators.load_fact import LoadFactOperator
from operators.stage_redshift import StageToRedshiftOperator
from prefect import flow, task
from prefect.runtime import flow_run
from helpers import SqlQueries

from airflow_resume import SAME_DATE


@task(name="Begin_execution")
def Begin_execution():
    pass


@task(name="Stage_events", retries=3, retry_delay_seconds=300, cache_policy=SAME_DATE)
def Stage_events(context):
    return StageToRedshiftOperator(
        table="staging_events",
        aws_credentials_id="aws_credentials",
        s3_bucket="events",
        s3_key="log_data/{execution_date.year}/{execution_date.month}/{ds}-events.json",
        copy_json_option="s3://events/log_json_path.json",
        redshift_conn_id="redshift",
    ).execute(context)


@task(name="Stage_songs", retries=3, retry_delay_seconds=300, cache_policy=SAME_DATE)
def Stage_songs(context):
    return StageToRedshiftOperator(
        table="staging_songs",
        aws_credentials_id="aws_credentials",
        s3_bucket="events",
        s3_key="song_data",
        ignore_headers=0,
        redshift_conn_id="redshift",
    ).execute(context)


@task(name="Load_songplays_fact_table", retries=3, retry_delay_seconds=300, cache_policy=SAME_DATE)
def Load_songplays_fact_table():
    return LoadFactOperator(
        table="songplays", sql=SqlQueries.songplay_table_insert, redshift_conn_id="redshift"
    ).execute()


@task(retries=3, retry_delay_seconds=300, cache_policy=SAME_DATE)
def Load__dim_table(table, sql, truncate):
    return LoadDimensionOperator(table=table, sql=sql, truncate=truncate, redshift_conn_id="redshift").execute()


@task(name="Run_data_quality_checks", retries=3, retry_delay_seconds=300, cache_policy=SAME_DATE)
def Run_data_quality_checks():
    return DataQualityOperator(
        checks=[{"check_sql": "SELECT COUNT(*) FROM users WHERE userid is null", "expected_result": 0}, {"check_sql": "SELECT COUNT(*) FROM songplays WHERE playid is null", "expected_result": 0}],
        tables=["songplays", "users", "time"],
        redshift_conn_id="redshift",
    ).execute()


@task(name="Stop_execution")
def Stop_execution():
    pass


@flow(name="events", description="Load and transform data in Redshift with Airflow")
def events(logical_date: datetime | None = None):
    """logical_date: start of the hour to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(hours=1)
    logical_date = logical_date.replace(tzinfo=logical_date.tzinfo or timezone.utc)
    context = {
        "ds": f"{logical_date:%Y-%m-%d}",
        "ds_nodash": f"{logical_date:%Y%m%d}",
        "ts": logical_date.isoformat(),
        "ts_nodash": f"{logical_date:%Y%m%dT%H%M%S}",
        "yesterday_ds": f"{logical_date - timedelta(days=1):%Y-%m-%d}",
        "tomorrow_ds": f"{logical_date + timedelta(days=1):%Y-%m-%d}",
        "prev_ds": f"{logical_date - timedelta(hours=1):%Y-%m-%d}",
        "next_ds": f"{logical_date + timedelta(hours=1):%Y-%m-%d}",
        "execution_date": logical_date,
        "prev_execution_date": logical_date - timedelta(hours=1),
        "next_execution_date": logical_date + timedelta(hours=1),
    }

    start_operator = Begin_execution.submit()
    stage_events_to_redshift = Stage_events.submit(context, wait_for=[start_operator])
    stage_songs_to_redshift = Stage_songs.submit(context, wait_for=[start_operator])
    load_songplays_table = Load_songplays_fact_table.submit(
        wait_for=[stage_events_to_redshift, stage_songs_to_redshift]
    )
    Load__dim_tables = []
    for name, table, sql, truncate in [
        ('user', 'users', SqlQueries.user_table_insert, True),
        ('time', 'time', SqlQueries.time_table_insert, False),
    ]:
        Load__dim_table_run = Load__dim_table.with_options(name=f"Load_{name}_dim_table").submit(
            table, sql, truncate, wait_for=[load_songplays_table]
        )
        Load__dim_tables.append(Load__dim_table_run)
    run_quality_checks = Run_data_quality_checks.submit(wait_for=Load__dim_tables)
    end_operator = Stop_execution.submit(wait_for=[run_quality_checks])
    return [end_operator]


if __name__ == "__main__":
    sys.exit(not events(return_state=True).is_completed())
