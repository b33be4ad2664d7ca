from datetime import datetime, timedelta
import os
from airflow import DAG
from airflow.operators.dummy_operator import DummyOperator
from airflow.operators import (StageToRedshiftOperator, LoadFactOperator,
                                LoadDimensionOperator, DataQualityOperator)
from helpers import SqlQueries

# AWS_KEY = os.environ.get('AWS_KEY')
# AWS_SECRET = os.environ.get('AWS_SECRET')

default_args = {
    'owner': 'events',
    'start_date': datetime(2019, 1, 12),
    'depends_on_past': False,
    'retries': 3,
    'retry_delay': timedelta(minutes=5),
    'email_on_retry': False,
    'redshift_conn_id': 'redshift',
}

dag = DAG('events',
          default_args=default_args,
          description='Load and transform data in Redshift with Airflow',
          schedule_interval='0 * * * *',
          catchup=False
        )

start_operator = DummyOperator(task_id='Begin_execution',  dag=dag)

stage_events_to_redshift = StageToRedshiftOperator(
    task_id='Stage_events',
    dag=dag,
    table="staging_events",
    aws_credentials_id="aws_credentials",
    s3_bucket="events",
    s3_key="log_data/{execution_date.year}/{execution_date.month}/{ds}-events.json",
    provide_context=True,
    copy_json_option="s3://events/log_json_path.json",
)

stage_songs_to_redshift = StageToRedshiftOperator(
    task_id='Stage_songs',
    dag=dag,
    table="staging_songs",
    aws_credentials_id="aws_credentials",
    s3_bucket="events",
    s3_key="song_data",
    ignore_headers=0,
)

load_songplays_table = LoadFactOperator(
    task_id='Load_songplays_fact_table',
    dag=dag,
    table='songplays',
    sql=SqlQueries.songplay_table_insert,
)

loads = [
    LoadDimensionOperator(
        task_id='Load_{}_dim_table'.format(name),
        dag=dag,
        table=table,
        sql=sql,
        truncate=truncate,
    )
    for name, table, sql, truncate in [
        ('user', 'users', SqlQueries.user_table_insert, True),
        ('time', 'time', SqlQueries.time_table_insert, False),
    ]
]

run_quality_checks = DataQualityOperator(
    task_id='Run_data_quality_checks',
    dag=dag,
    checks=[
        {'check_sql': "SELECT COUNT(*) FROM users WHERE userid is null", 'expected_result': 0},
        {'check_sql': "SELECT COUNT(*) FROM songplays WHERE playid is null", 'expected_result': 0},
    ],
    tables=['songplays', 'users', 'time'],
)

end_operator = DummyOperator(task_id='Stop_execution',  dag=dag)

start_operator >> [stage_events_to_redshift, stage_songs_to_redshift] >> load_songplays_table
load_songplays_table >> loads
loads >> run_quality_checks >> end_operator
