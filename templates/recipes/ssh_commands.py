"""Commands and files on other hosts: airflow/contrib/operators/{ssh,sftp}_operator.py of 1.10, airflow/providers/{ssh,sftp} of 2.x."""

from base64 import b64encode

from airflow_ssh import (
    Airflow1SFTPHook, Airflow1SSHHook, SFTPHook, SSHHook, delete_path, get_file, get_path, put_file, put_path, run_command, there,
)


@operator("airflow.contrib.operators.ssh_operator.SSHOperator")
def ssh_1(command, ssh_conn_id=None, ssh_hook=None, remote_host=None, timeout=None, environment=None, get_pty=None, do_xcom_push=False):
    if ssh_conn_id is None and ssh_hook is None:
        refuse(ssh_conn_id)
    if do_xcom_push:
        return run_command(
            Airflow1SSHHook(ssh_conn_id, timeout=timeout) if ssh_hook is None else ssh_hook, command, remote_host=remote_host,
            environment=environment, get_pty=get_pty,
        )
    run_command(
        Airflow1SSHHook(ssh_conn_id, timeout=timeout) if ssh_hook is None else ssh_hook, command, remote_host=remote_host,
        environment=environment, get_pty=get_pty,
    )


@operator("airflow.providers.ssh.operators.ssh.SSHOperator")
def ssh(
    command, ssh_conn_id=None, ssh_hook=None, remote_host=None, conn_timeout=None, cmd_timeout=None, timeout=None, environment=None, get_pty=None,
    banner_timeout=None, skip_on_exit_code=None,
):
    if ssh_conn_id is None and ssh_hook is None:
        refuse(ssh_conn_id)
    if skip_on_exit_code is not None:
        refuse(skip_on_exit_code)
    if airflow == 1:
        return run_command(
            Airflow1SSHHook(ssh_conn_id, timeout=timeout) if ssh_hook is None else ssh_hook, command, remote_host=remote_host,
            environment=environment, get_pty=get_pty,
        )
    output = run_command(
        SSHHook(ssh_conn_id, conn_timeout=conn_timeout, cmd_timeout=cmd_timeout, banner_timeout=banner_timeout, timeout=timeout)
        if ssh_hook is None
        else ssh_hook,
        command, remote_host=remote_host, environment=environment, get_pty=get_pty,
    )
    push(ssh_exit=0)
    return b64encode(output).decode()


@operator("airflow.contrib.operators.sftp_operator.SFTPOperator")
def sftp_1(
    local_filepath, remote_filepath, ssh_conn_id=None, ssh_hook=None, remote_host=None, operation="put", confirm=None, create_intermediate_dirs=None,
):
    if ssh_conn_id is None and ssh_hook is None:
        refuse(ssh_conn_id)
    if operation == "get" or operation == "GET":
        get_file(Airflow1SSHHook(ssh_conn_id, remote_host=remote_host) if ssh_hook is None else ssh_hook, remote_filepath, local_filepath, make_folders=create_intermediate_dirs)
    elif operation == "put" or operation == "PUT":
        put_file(Airflow1SSHHook(ssh_conn_id, remote_host=remote_host) if ssh_hook is None else ssh_hook, local_filepath, remote_filepath, confirm=confirm, make_folders=create_intermediate_dirs)
    else:
        refuse(operation)
    return local_filepath


@operator("airflow.providers.sftp.operators.sftp.SFTPOperator")
def sftp(
    remote_filepath, local_filepath=None, ssh_conn_id=None, sftp_hook=None, ssh_hook=None, remote_host=None, operation="put", confirm=None,
    create_intermediate_dirs=None,
):
    if ssh_hook is not None:
        refuse(ssh_hook)
    if ssh_conn_id is None and sftp_hook is None:
        refuse(ssh_conn_id)
    if airflow == 1:
        if operation == "get" or operation == "GET":
            get_file(Airflow1SSHHook(ssh_conn_id, remote_host=remote_host), remote_filepath, local_filepath, make_folders=create_intermediate_dirs)
        elif operation == "put" or operation == "PUT":
            put_file(Airflow1SSHHook(ssh_conn_id, remote_host=remote_host), local_filepath, remote_filepath, confirm=confirm, make_folders=create_intermediate_dirs)
        else:
            refuse(operation)
        return local_filepath
    if operation == "get" or operation == "GET":
        get_path(SFTPHook(ssh_conn_id, remote_host=remote_host) if sftp_hook is None else sftp_hook, remote_filepath, local_filepath, make_folders=create_intermediate_dirs)
    elif operation == "put" or operation == "PUT":
        put_path(SFTPHook(ssh_conn_id, remote_host=remote_host) if sftp_hook is None else sftp_hook, local_filepath, remote_filepath, confirm=confirm, make_folders=create_intermediate_dirs)
    elif operation == "delete" or operation == "DELETE":
        if local_filepath is not None:
            refuse(local_filepath)
        delete_path(SFTPHook(ssh_conn_id, remote_host=remote_host) if sftp_hook is None else sftp_hook, remote_filepath)
    else:
        refuse(operation)
    return local_filepath


@sensor("airflow.contrib.sensors.sftp_sensor.SFTPSensor")
def sftp_file_1(path, sftp_conn_id="sftp_default"):
    return there(Airflow1SFTPHook(sftp_conn_id), path)


@sensor("airflow.providers.sftp.sensors.sftp.SFTPSensor")
def sftp_file(path, file_pattern="", newer_than=None, sftp_conn_id="sftp_default", python_callable=None, op_args=None, op_kwargs=None):
    if file_pattern:
        refuse(file_pattern)
    if newer_than is not None:
        refuse(newer_than)
    if python_callable is not None:
        refuse(python_callable)
    if airflow == 1:
        return there(Airflow1SFTPHook(sftp_conn_id), path)
    return there(SFTPHook(sftp_conn_id), path)
