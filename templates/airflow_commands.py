"""Programs that a task starts."""

import os
import subprocess
from collections.abc import Callable, Mapping
from typing import Any

from prefect import get_run_logger


def run_command(
    command: list[str],
    *,
    env: Mapping[str, Any] | None = None,
    cwd: str | None = None,
    told: str = "",
    on_line: Callable[[str], Any] | None = None,
) -> str:
    """Run a program, log what it prints, and give that; raises RuntimeError if it ends with anything but 0.

    `env` is added to the environment of the flow. `told`: how the command is named, if it has secrets. The program ends with the task.
    """
    get_run_logger().info("Running %s", told or " ".join(command))
    variables = {**os.environ, **{name: str(value) for name, value in env.items()}} if env else None
    lines = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=variables, cwd=cwd, text=True) as process:
        try:
            for line in process.stdout or ():
                get_run_logger().info("%s", line.rstrip())
                lines.append(line)
                if on_line is not None:
                    on_line(line)
        except BaseException:
            process.kill()
            raise
    if process.returncode:
        raise RuntimeError(f"{told or ' '.join(command)} ended with exit code {process.returncode}")
    return "".join(lines)
