"""Redshift and S3: airflow/operators/{s3_to_redshift,redshift_to_s3}_operator.py of 1.10, airflow/providers/amazon/aws/transfers."""

from airflow_redshift import copy_statement, replaced, unload_statement
from airflow_sql import PostgresHook, RedshiftSQLHook


@operator("airflow.operators.s3_to_redshift_operator.S3ToRedshiftTransfer")
def copy_1(
    schema, table, s3_bucket, s3_key, redshift_conn_id="redshift_default", aws_conn_id="aws_default", copy_options=None, autocommit=None, parameters=None,
):
    statement = copy_statement(f"{schema}.{table}", f"s3://{s3_bucket}/{s3_key}/{table}", aws_conn_id, options=copy_options, old=True)
    PostgresHook(redshift_conn_id).run(statement, autocommit=autocommit)


@operator("airflow.providers.amazon.aws.transfers.s3_to_redshift.S3ToRedshiftOperator")
def copy(
    table, s3_bucket, s3_key, schema=None, redshift_conn_id="redshift_default", aws_conn_id="aws_default", column_list=None, copy_options=None,
    autocommit=None, method="APPEND", upsert_keys=None, redshift_data_api_kwargs=None, truncate_table=None,
):
    if airflow == 1:
        refuse(table)
    if redshift_data_api_kwargs:
        refuse(redshift_data_api_kwargs)
    if truncate_table:
        refuse(truncate_table)
    target = table if schema is None else f"{schema}.{table}"
    statement = copy_statement(target, f"s3://{s3_bucket}/{s3_key}", aws_conn_id, options=copy_options, columns=column_list)
    if method == "APPEND":
        RedshiftSQLHook(redshift_conn_id).run(statement, autocommit=autocommit)
    elif method == "REPLACE":
        RedshiftSQLHook(redshift_conn_id).run(replaced(target, statement), autocommit=autocommit)
    else:
        refuse(method)


@operator("airflow.operators.redshift_to_s3_operator.RedshiftToS3Transfer")
def unload_1(
    schema, table, s3_bucket, s3_key, redshift_conn_id="redshift_default", aws_conn_id="aws_default", unload_options=None, autocommit=None,
    include_header=None, table_as_file_name=True,
):
    place = f"s3://{s3_bucket}/{s3_key}/{table}_" if table_as_file_name else f"s3://{s3_bucket}/{s3_key}"
    statement = unload_statement(f"SELECT * FROM {schema}.{table}", place, aws_conn_id, options=unload_options, header=include_header, old=True)
    PostgresHook(redshift_conn_id).run(statement, autocommit=autocommit)


@operator("airflow.providers.amazon.aws.transfers.redshift_to_s3.RedshiftToS3Operator")
def unload(
    s3_bucket, s3_key, schema=None, table=None, select_query=None, redshift_conn_id="redshift_default", aws_conn_id="aws_default",
    unload_options=None, autocommit=None, include_header=None, parameters=None, table_as_file_name=True, redshift_data_api_kwargs=None,
):
    if airflow == 1:
        refuse(s3_bucket)
    if redshift_data_api_kwargs:
        refuse(redshift_data_api_kwargs)
    if select_query is None and table is None:
        refuse(select_query)
    if table is None:
        place = f"s3://{s3_bucket}/{s3_key}"
    elif table_as_file_name:
        place = f"s3://{s3_bucket}/{s3_key}/{table}_"
    else:
        place = f"s3://{s3_bucket}/{s3_key}"
    if select_query is not None:
        query = select_query
    elif schema is None:
        query = f"SELECT * FROM {table}"
    else:
        query = f"SELECT * FROM {schema}.{table}"
    statement = unload_statement(query, place, aws_conn_id, options=unload_options, header=include_header)
    RedshiftSQLHook(redshift_conn_id).run(statement, autocommit=autocommit, parameters=parameters)
