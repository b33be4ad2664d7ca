from datetime import datetime, timedelta

from prefect import flow, task
from prefect.runtime import flow_run

from airflow_resume import SAME_DATE
from airflow_sensors import wait_until
from airflow_ssh import Airflow1SFTPHook, Airflow1SSHHook, get_file, put_file, run_command, there

sshHook = Airflow1SSHHook(ssh_conn_id='edge_node')


@task(name="read", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def read(listing):
    output = listing
    print(output)


@task(name="run", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def run(ds, mode):
    run_command(Airflow1SSHHook("edge_node"), f"""
cd /opt/app
./run.sh --date {ds} {mode}""")


@task(name="listing", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def listing(ds_nodash):
    return run_command(sshHook, f"ls /data/{ds_nodash}")


@task(name="as_root", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def as_root():
    run_command(
        Airflow1SSHHook("edge_node", timeout=60),
        "sudo systemctl restart app",
        remote_host="10.0.0.7",
        environment={"LANG": "C"},
    )


@task(name="fetch", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def fetch(ds):
    local_filepath = f"/tmp/{ds}.csv"
    get_file(Airflow1SSHHook("edge_node"), f"/data/{ds}.csv", local_filepath, make_folders=True)
    return local_filepath


@task(name="put", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def put(ds):
    local_filepath = f"/tmp/{ds}.csv"
    put_file(sshHook, local_filepath, f"/in/{ds}.csv")
    return local_filepath


@task(name="wait", cache_policy=SAME_DATE)
def wait(ds):
    wait_until(lambda: there(Airflow1SFTPHook("edge_sftp"), f"/in/{ds}.done"), poke_interval=30)


@flow(name="ssh", log_prints=True)
def ssh(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"
    ds_nodash = f"{logical_date:%Y%m%d}"

    run(ds, "full")
    listing_run = listing(ds_nodash)
    as_root()
    fetch(ds)
    put(ds)
    wait(ds)
    read(listing_run)


if __name__ == "__main__":
    ssh()
