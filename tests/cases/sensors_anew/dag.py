from datetime import datetime

from airflow.decorators import dag, task
from airflow.operators.python import PythonOperator
from airflow.sensors.base import BaseSensorOperator, PokeReturnValue
from airflow.sensors.python import PythonSensor


class ThirdTime(BaseSensorOperator):
    """Counts its own pokes: in reschedule mode Airflow makes a new object for each."""

    def __init__(self, times=3, **kwargs):
        super().__init__(**kwargs)
        self.times, self.seen = times, 0

    def poke(self, context):
        self.seen += 1
        return PokeReturnValue(is_done=self.seen >= self.times, xcom_value=f"poke {self.seen}")


def ready():
    return PokeReturnValue(True, {"rows": 3})


def show(what, rows):
    print(what, rows)


@dag(schedule=None, start_date=datetime(2024, 1, 1), catchup=False)
def sensors_anew():
    @task.sensor(poke_interval=0.1, timeout=5, mode="poke")
    def answered(question):
        return PokeReturnValue(is_done=True, xcom_value=question + "!")

    @task
    def tell(answer):
        print(answer)

    counted = ThirdTime(task_id="counted", poke_interval=0.1, timeout=5)
    forgetful = ThirdTime(task_id="forgetful", poke_interval=0.1, timeout=1, mode="reschedule", retries=0)
    at_once = ThirdTime(task_id="at_once", times=1, mode="reschedule", poke_interval=1)
    called = PythonSensor(task_id="called", python_callable=ready)
    shown = PythonOperator(task_id="shown", python_callable=show, op_args=[counted.output, called.output])
    tell(answered("is it there"))
    [forgetful, at_once] >> shown


sensors_anew()
