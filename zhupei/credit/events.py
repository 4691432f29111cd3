"""What can happen to a credit record. Stored for ever: never rename a value."""

from enum import StrEnum


class RecordEvent(StrEnum):
    ENTERED = "credit_record.entered"
    AMENDED = "credit_record.amended"
    REPAIRED = "credit_record.repaired"
    EXPIRED = "credit_record.expired"
    WITHDRAWN = "credit_record.withdrawn"
    FELL = "credit_record.fell"
    EXPORTED = "credit_record.exported"


class RepairEvent(StrEnum):
    FILED = "credit_repair.filed"
    GRANTED = "credit_repair.granted"
    REFUSED = "credit_repair.refused"
    WITHDRAWN = "credit_repair.withdrawn"
    SEEN = "credit_repair.seen"


class ObjectionEvent(StrEnum):
    FILED = "credit_objection.filed"
    UPHELD = "credit_objection.upheld"
    AMENDED = "credit_objection.amended"
    DISMISSED = "credit_objection.dismissed"
    WITHDRAWN = "credit_objection.withdrawn"


class GradeEvent(StrEnum):
    SET = "credit_grade.set"
    REPLACED = "credit_grade.replaced"
    EXPORTED = "credit_grade.exported"
