"""The people of an exam beside its candidates, added to the world of a test that needs them.

*Nur* and *Dong* invigilate for Chen's body; *Bai* invigilates for another one and must never see
Nur's sittings. *Kurban*, *Jin* and *Hua* assess. *Ren*, *Ye* and *Shi* are experts of the question
bank, named by the association. *Yang* and *Kang* inspect for Li's bureau, *Guan* for the region,
*Mo* for the HR department of the same prefecture.
"""

from types import SimpleNamespace

from tests import make
from zhupei.organizations.models import Kind, Role


def add(world: SimpleNamespace) -> SimpleNamespace:
    """Give ``world`` its invigilators, assessors, experts and inspectors; returns it."""
    world.other_body = make.organization(Kind.ASSESSMENT_BODY, "喀什地区建设技能考核站", "653101")
    world.nur = make.member("努尔兰·哈力克", Role.INVIGILATOR, world.body)
    world.dong = make.member("董建军", Role.INVIGILATOR, world.body)
    world.bai = make.member("白玉山", Role.INVIGILATOR, world.other_body)
    world.kurban = make.member("库尔班·艾买提", Role.ASSESSOR, world.body)
    world.jin = make.member("金秀兰", Role.ASSESSOR, world.body)
    world.hua = make.member("华国强", Role.ASSESSOR, world.body)
    world.ren = make.member("任红梅", Role.EXPERT, world.association)
    world.ye = make.member("叶向东", Role.EXPERT, world.association)
    world.shi = make.member("石磊", Role.EXPERT, world.association)
    world.yang = make.member("杨志刚", Role.INSPECTOR, world.bureau)
    world.kang = make.member("康巧玲", Role.INSPECTOR, world.bureau)
    world.guan = make.member("关山月", Role.INSPECTOR, world.region)
    world.mo = make.member("莫合塔尔·艾山", Role.INSPECTOR, world.home_hr)
    return world
