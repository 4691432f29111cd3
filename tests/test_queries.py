"""A list costs as many questions with thirty rows as with three."""

from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import make_many, make_patrols
from tests.test_site import addresses, browser_of, built, db, site, world

__all__ = ["built", "db", "site", "world"]  # fixtures
pytestmark = pytest.mark.slow
FEW, MORE, LOTS = 3, 27, 270
OK = 200

# Every page that lists something, and who looks at it.
LISTS = {
    "attendance:correct": "ma",
    "analysis:detail": "gu",
    "analysis:index": "gu",
    "analysis:item": "gu",
    "analysis:lead": "gu li",
    "analysis:leads": "gu li chen",
    "archives:detail": "chen",
    "archives:index": "chen aygul gu",
    "assistance:detail": "aygul",
    "assistance:index": "aygul li gu",
    "assistance:pairings": "aygul li gu",
    "assistance:totals": "li gu",
    "attendance:corrections": "aygul ma li",
    "attendance:hours": "adil",
    "attendance:offline": "ma",
    "attendance:paper": "ma",
    "attendance:enter": "ma",
    "attendance:roll": "ma",
    "attendance:screen": "ma",
    "certificates:detail": "chen",
    "certificates:index": "chen gu",
    "certificates:issuing": "chen",
    "certificates:mine": "adil",
    "classes:detail": "aygul",
    "classes:documents": "aygul",
    "classes:draw": "gu",
    "classes:draws": "gu",
    "classes:edit": "aygul",
    "classes:index": "aygul li gu",
    "classes:review_figures": "gu",
    "classes:reviewed_plans": "gu",
    "classes:roster": "aygul",
    "classes:second_readings": "gu",
    "classes:teacher_calendar": "aygul",
    "classes:timetable": "aygul",
    "complain:figures": "nobody",
    "complain:find": "nobody",
    "complain:mine": "adil",
    "complain:own": "adil",
    "complaints:detail": "li gu",
    "complaints:figures": "li gu",
    "complaints:index": "li gu",
    "complaints:inquiries": "aygul li",
    "complaints:inquiry": "aygul",
    "credit:file": "li aygul",
    "credit:files": "gu li aygul",
    "credit:grades": "gu aygul",
    "credit:index": "gu li aygul",
    "credit:record": "li aygul",
    "corrections:answer": "aygul",
    "corrections:index": "li gu aygul",
    "corrections:dispute": "aygul",
    "corrections:findings": "li gu",
    "corrections:finding": "li",
    "corrections:issue": "li",
    "corrections:judge": "li",
    "corrections:order": "li aygul",
    "corrections:verify": "li",
    "evaluation:answer": "aygul gu",
    "evaluation:detail": "aygul li gu",
    "evaluation:index": "li gu ren",
    "evaluation:objection": "gu",
    "evaluation:outlook": "aygul",
    "evaluation:results": "nobody",
    "evaluation:scheme": "gu li",
    "evaluation:schemes": "gu",
    "evaluation:seats": "gu",
    "evaluation:sheet": "li",
    "evaluation:step": "gu",
    "evaluation:tables": "gu li",
    "evaluation:year": "nobody",
    "exams:detail": "chen",
    "exams:index": "chen li",
    "exams:map": "chen",
    "exams:papers": "chen li",
    "exams:corrections": "chen gu",
    "exams:items": "chen",
    "exams:progress": "chen",
    "exams:watch": "chen",
    "exams:seating": "chen",
    "feedback:calls": "aygul li",
    "feedback:class": "aygul",
    "feedback:figures": "aygul gu",
    "filings:copies": "li he",
    "filings:index": "aygul tian gu",
    "draws:detail": "nobody",
    "draws:index": "nobody",
    "draws:items": "nobody",
    "draws:result": "nobody",
    "inspections:checks": "yang li gu",
    "inspections:draw": "li gu yang",
    "inspections:freeze": "li",
    "inspections:index": "li gu",
    "inspections:inspection": "yang li",
    "inspections:list": "gu",
    "inspections:lists": "gu li",
    "inspections:objects": "li",
    "inspections:people": "li",
    "inspections:plan": "li",
    "inspections:plans": "li gu",
    "inspections:text": "li",
    "institutions:admission": "gu",
    "institutions:admissions": "gu",
    "institutions:consumables": "aygul",
    "institutions:detail": "aygul li",
    "institutions:equipment": "aygul",
    "institutions:index": "gu li",
    "institutions:material": "aygul",
    "institutions:people": "aygul",
    "institutions:piece": "aygul",
    "institutions:places": "aygul",
    "institutions:policies": "aygul",
    "institutions:staffing": "gu",
    "institutions:uses": "aygul",
    "invigilation:act": "chen",
    "invigilation:board": "chen li",
    "invigilation:door": "chen li",
    "invigilation:events": "chen",
    "invigilation:incidents": "chen",
    "invigilation:index": "chen li",
    "invigilation:log": "chen",
    "invigilation:move": "chen",
    "invigilation:notices": "chen",
    "invigilation:safe_browser": "chen",
    "invigilation:seat": "chen",
    "leads:detail": "li",
    "leads:index": "li gu",
    "leads:rules": "aygul",
    "live:class": "aygul li",
    "live:index": "li gu aygul",
    "live:look": "li",
    "live:now": "aygul",
    "join:catalogue": "nobody adil",
    "join:mine": "adil",
    "organizations:deliveries": "gu",
    "organizations:identities": "gu",
    "organizations:index": "gu",
    "organizations:interests": "gu",
    "organizations:member-interests": "gu",
    "organizations:members": "aygul",
    "organizations:members-of": "gu",
    "organizations:mergers": "gu",
    "organizations:parameters": "gu",
    "organizations:wordings": "gu",
    "organizations:identity-pair": "gu",
    "oversight:bases": "gu li",
    "oversight:handover": "li tao",
    "oversight:handovers": "gu li tao",
    "oversight:index": "li gu",
    "oversight:measure": "li aygul",
    "oversight:measures": "gu li aygul",
    "oversight:suspend": "li",
    "papers:assembly": "gu",
    "papers:detail": "gu chen",
    "papers:edit": "gu",
    "papers:index": "gu chen",
    "marking:index": "chen",
    "marking:sitting": "chen",
    "marking:queue": "kurban",
    "duty:index": "li gu",
    "duty:cases": "li",
    "bulletins:index": "li aygul",
    "bulletins:detail": "li",
    "public-bulletins:index": "li",
    "appeals:index": "chen li mayra",
    "appeals:cases": "chen li",
    "appeals:case": "chen",
    "appeals:review": "chen",
    **make_patrols.LISTS,
    "people:me": "adil",
    "portal:home": "ren aygul li gu ma adil chen song tian yang",
    "portal:inbox": "adil aygul",
    "portal:institution": "nobody",
    "portal:institutions": "nobody",
    "portal:public": "nobody",
    "portal:syllabi": "nobody",
    "public-credit:index": "nobody",
    "plans:detail": "chen",
    "plans:index": "chen li",
    "practical:desk": "kurban",
    "practical:own-turn": "adil",
    "practical:people": "chen",
    "practical:progress": "chen",
    "practical:rubric": "gu",
    "practical:rubrics": "gu chen",
    "practical:session": "chen",
    "practical:sessions": "chen li",
    "practical:sheet": "kurban",
    "practical:turn": "chen",
    "questions:case": "gu ren",
    "questions:coverage": "gu",
    "questions:detail": "gu ren",
    "questions:exchange": "gu ren",
    "questions:index": "gu ren",
    "questions:item": "gu",
    "questions:items": "gu ren",
    "questions:mine": "ren",
    "questions:opinion": "ren",
    "questions:pairs": "gu",
    "questions:queue": "gu ren",
    "questions:rehearsal": "gu",
    "questions:sheet": "ren",
    "sit:mine": "adil",
    "syllabus:detail": "gu",
    "syllabus:index": "gu",
    "syllabus:job": "gu",
    "syllabus:jobs": "gu",
    "syllabus:textbooks": "gu aygul",
    "syllabus:tree": "gu",
    "teachers:detail": "aygul",
    "teachers:index": "aygul song gu",
    "teachers:reviews": "song",
    "teachers:roster": "aygul",
    "teachers:shared": "song gu",
    "teachers:studies": "song gu",
    "teaching:books": "aygul",
    "teaching:class": "aygul",
    "teaching:checks": "aygul",
    "teaching:evidence": "aygul",
    "teaching:lesson": "aygul",
    "teaching:my_books": "adil",
    "portal:bodies": "nobody",
    "venues:check": "chen",
    "venues:designation": "li",
    "venues:designations": "li gu chen",
    "venues:room": "chen",
    "venues:site": "chen li",
    "venues:sites": "chen li gu",
}

MANY = {"classes:index": "gu", "certificates:index": "gu"}  # these at three hundred, too
Cost = dict[tuple[str, str], tuple[int, int]]


def costs(
    site: SimpleNamespace, world: SimpleNamespace, pages: dict[str, str], *, new: bool
) -> Cost:
    """Status and number of questions of each page; ``new`` when nobody has been there yet: what
    only the first visit asks is not counted.
    """
    known = {address.name: address for address in addresses()}
    people = {who for names in pages.values() for who in names.split()}
    browsers = {who: browser_of(getattr(world, who)) for who in people - {"nobody"}}
    browsers["nobody"] = Client()
    return {
        (name, who): _cost(browsers[who], known[name].path(site), visits=2 if new else 1)
        for name, names in pages.items()
        for who in names.split()
    }


def _cost(browser: Client, path: str, visits: int) -> tuple[int, int]:
    for _ in range(visits - 1):
        browser.get(path)
    with CaptureQueriesContext(connection) as asked:
        answer = browser.get(path)
    return answer.status_code, len(asked)


def dearer(few: Cost, more: Cost) -> dict[tuple[str, str], tuple[int, int]]:
    """The pages that ask more than they did. (Fewer is well: a first page of plans not yet filed
    has no reader to look up.)
    """
    return {
        page: (few[page][1], asked) for page, (_s, asked) in more.items() if asked > few[page][1]
    }


def test_no_list_asks_more_questions_when_it_grows(site, world):
    make_many.grow(site, world, FEW)
    few = costs(site, world, LISTS, new=True)
    assert {page: cost for page, cost in few.items() if cost[0] != OK} == {}

    make_many.grow(site, world, MORE)

    assert dearer(few, costs(site, world, LISTS, new=False)) == {}
    make_many.grow(site, world, LOTS)
    assert dearer(few, costs(site, world, MANY, new=False)) == {}
