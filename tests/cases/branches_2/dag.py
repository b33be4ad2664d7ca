from datetime import datetime, time

from airflow import DAG
from airflow.operators.datetime import BranchDateTimeOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.weekday import BranchDayOfWeekOperator
from airflow.providers.common.sql.operators.sql import BranchSQLOperator
from airflow.utils.weekday import WeekDay

with DAG("branches_2", schedule="@daily", start_date=datetime(2024, 1, 1), catchup=False) as dag:
    by_moment = BranchDateTimeOperator(
        task_id="by_moment",
        follow_task_ids_if_true="in_time",
        follow_task_ids_if_false=["late", "in_time_too"],
        target_lower=datetime(2020, 1, 1),
        target_upper=datetime(2024, 6, 1, 12),
        use_task_logical_date=True,
    )
    by_hour = BranchDateTimeOperator(
        task_id="by_hour",
        follow_task_ids_if_true="night",
        follow_task_ids_if_false="day",
        target_lower=time(22, 0),
        target_upper=time(6, 0),
        use_task_logical_date=True,
    )
    by_day = BranchDayOfWeekOperator(
        task_id="by_day",
        follow_task_ids_if_true="weekend",
        follow_task_ids_if_false="weekday",
        week_day={WeekDay.SATURDAY, WeekDay.SUNDAY},
        use_task_logical_date=True,
    )
    today = BranchDayOfWeekOperator(
        task_id="today", follow_task_ids_if_true="monday", follow_task_ids_if_false="other", week_day="Monday"
    )
    by_query = BranchSQLOperator(
        task_id="by_query",
        conn_id="warehouse",
        sql="SELECT count(*) > 0 FROM sales WHERE day = '{{ ds }}'",
        follow_task_ids_if_true=["sold"],
        follow_task_ids_if_false=["nothing_sold"],
    )
    by_moment >> [EmptyOperator(task_id=name) for name in ("in_time", "late", "in_time_too")]
    by_hour >> [EmptyOperator(task_id=name) for name in ("night", "day")]
    by_day >> [EmptyOperator(task_id=name) for name in ("weekend", "weekday")]
    today >> [EmptyOperator(task_id=name) for name in ("monday", "other")]
    by_query >> [EmptyOperator(task_id=name) for name in ("sold", "nothing_sold")]
