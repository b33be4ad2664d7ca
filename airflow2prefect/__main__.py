"""`python -m airflow2prefect`."""

from airflow2prefect.cli import app

app(prog_name="airflow2prefect")
