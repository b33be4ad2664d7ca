"""What classes of one's own add to: operators with the arguments, attributes and methods of Airflow's."""

from airflow_shell import run_in_time
from prefect.context import TaskRunContext
from prefect_shell import ShellOperation


class BashOperator:
    """Runs a command in a shell. It ends with the time of its task; `execute` gives the last line that it prints."""

    def __init__(self, *, bash_command, env=None, cwd=None):
        self.bash_command, self.env, self.cwd = bash_command, env, cwd

    def execute(self):
        operation = ShellOperation(commands=[self.bash_command], env=self.env or {}, working_dir=self.cwd)
        run = TaskRunContext.get()
        if run is not None and run.task.timeout_seconds:
            return run_in_time(operation)
        return (operation.run() or [""])[-1]


class Airflow1BashOperator(BashOperator):
    """As in Airflow 1, which gives that line only where it is asked for it."""

    def __init__(self, *, bash_command, env=None, xcom_push=False):
        super().__init__(bash_command=bash_command, env=env)
        self.xcom_push_flag = xcom_push

    def execute(self):
        line = super().execute()
        return line if self.xcom_push_flag else None


class PythonOperator:
    """Calls a function with these arguments."""

    def __init__(self, *, python_callable, op_args=None, op_kwargs=None):
        self.python_callable, self.op_args, self.op_kwargs = python_callable, op_args or [], op_kwargs or {}

    def execute(self):
        return self.execute_callable()

    def execute_callable(self):
        return self.python_callable(*self.op_args, **self.op_kwargs)
