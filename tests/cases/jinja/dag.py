"""Templates."""
from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.bash_operator import BashOperator


def shout(text):
    return text.upper()


with DAG('jinja', start_date=datetime(2020, 1, 1), schedule_interval=timedelta(hours=6),
         params={'table': 'users'}, user_defined_macros={'shout': shout, 'answer': 42}) as dag:
    dates = BashOperator(task_id='dates', bash_command=(
        'echo {{ ds }} {{ ds_nodash }} {{ ts }} {{ execution_date.strftime("%H:%M") }} {{ yesterday_ds }} '
        '{{ next_execution_date.isoformat() }} {{ prev_ds }} {{ macros.ds_add(ds, 3) }} {{ macros.ds_format(ds, "%Y-%m-%d", "%d.%m.%Y") }}'))
    values = BashOperator(task_id='values', bash_command='echo {{ params.table }} {{ shout("x") }} {{ answer }} {{ dag_run.conf.get("a", "b") }}')
    variables = BashOperator(task_id='variables', bash_command='echo {{ var.value.bucket }} {{ var.json.settings["size"] }}')
    blocks = BashOperator(task_id='blocks', bash_command="""
        {% for day in range(3) %}
        echo "{{ macros.ds_add(ds, day) }}" {% if params.table == 'users' %}yes{% endif %}
        {% endfor %}
    """)
    brace = BashOperator(task_id='brace', bash_command='echo "{}" \'{{ "{{" }}\' ${HOME} \\n', env={'DAY': '{{ ds }}'})
    dates >> values >> variables >> blocks >> brace
