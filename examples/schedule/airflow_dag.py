"""Airflow: every ten minutes, whatever refresh is due, of every view, is computed and published.

Running again is always safe, so a failed task may simply be retried. Exit code 4 means that somebody else runs a view
at this moment; 6 that Redis or the metadata database does not answer.
"""

from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG(
    dag_id="plumb_flights",
    schedule="*/10 * * * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,  # what is due is found out by plumb; a backfill is a command of its own
    max_active_runs=1,
) as dag:
    BashOperator(
        task_id="materialize",
        bash_command="cd /srv/flights && /opt/plumbline/plumb materialize --all --env prod --format json",
        retries=3,
        retry_delay=timedelta(minutes=1),
    )
