# -*- coding: utf-8 -*-
from __future__ import print_function
from builtins import range
from datetime import timedelta, datetime as DT
from airflow import models
from airflow.operators import bash_operator, python_operator, dummy_operator
from airflow.utils.dates import days_ago

with models.DAG(
        'composer_sample',
        schedule_interval=timedelta(days=1),
        default_args={'start_date': DT(2018, 1, 1), 'retries': 2}) as dag:

    def greeting():
        import logging
        logging.info('Hello World!')

    def squares(n, **context):
        conf = context['dag_run'].conf
        if conf and conf.get('n'):
            n = conf['n']
        return [i ** 2 for i in range(n)]

    hello_python = python_operator.PythonOperator(
        task_id='hello',
        python_callable=greeting)

    goodbye_bash = bash_operator.BashOperator(
        task_id='bye',
        bash_command='echo Goodbye.')

    sq = python_operator.PythonOperator(task_id='sq', python_callable=squares, op_kwargs={'n': 3}, provide_context=True)

    hello_python >> goodbye_bash
    sq << hello_python
