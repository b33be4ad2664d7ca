"""The bank's own library for DAGs."""

from lib.factory import make_dag
from lib.operators.audit import AuditOperator, TransferOperator
