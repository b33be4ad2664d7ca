"""What stands for objects of Airflow's in code that stays."""

from __future__ import annotations

# What stands for an object of Airflow's in a flow, by the end of its import path.
STAND_INS = {
    "exceptions.AirflowSkipException": "Skip",
    "exceptions.AirflowFailException": "FailNow",
    "exceptions.AirflowException": "RuntimeError",
    "sensors.base.PokeReturnValue": "PokeReturnValue",
}


def stand_in(path: str) -> str:
    """What stands for an object of Airflow's in a flow, "" if nothing does."""
    return STAND_INS.get(path.removeprefix("airflow."), "") if path.startswith("airflow.") else ""
