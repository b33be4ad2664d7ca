"""Turns Apache Airflow DAG files into Prefect 3 flows that run."""

from airflow2prefect.convert import convert
from airflow2prefect.model import Conversion, Options

__version__ = "0.1.0"
__all__ = ["Conversion", "Options", "convert"]
