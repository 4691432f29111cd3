"""Numbers of the demo's invented bodies and people."""

from random import Random

from zhupei.organizations.rules import credit_code_fault
from zhupei.portal.demo.names import credit_code


def test_invented_credit_codes_are_well_formed_and_differ():
    random = Random(1)
    codes = {credit_code(random, "652301") for _ in range(50)}

    assert len(codes) == 50
    assert [code for code in codes if credit_code_fault(code)] == []
