"""Shell commands that may say that their task is skipped, as with Airflow's BashOperator."""

from airflow_rules import Skip


def run_or_skip(operation, *codes):
    """The last line that a ShellOperation prints. If its command ends with one of these exit codes, the task is skipped."""
    with operation:
        process = operation.trigger()
        try:
            process.wait_for_completion()
        except RuntimeError:
            if process.return_code not in codes:
                raise
        if process.return_code in codes:
            raise Skip(f"the command ended with exit code {process.return_code}")
        return (process.fetch_result() or [""])[-1]
