"""The bank's own library for DAGs."""
from lib.operators.audit import AuditOperator, TransferOperator
