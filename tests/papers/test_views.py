"""The pages of blueprints and of what is made from them."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import make_papers
from tests.make_papers import row
from zhupei.core import audit, longjobs
from zhupei.core.models import JobState, LongJob
from zhupei.papers import jobs
from zhupei.papers.actions import assembling, trying
from zhupei.papers.bank import rows_of
from zhupei.papers.models import Assembly, Blueprint

pytestmark = pytest.mark.django_db


def browser(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def typed(blueprint, **cells) -> dict:
    """What the editor sends: the head as it is, some points, some counts."""
    return {
        "title": blueprint.title,
        "level": "",
        "question_set": blueprint.question_set_id or "",
        "minutes": 60,
        "overlap": 20,
        "exposure": "",
        "shuffle": "on",
        "seen": blueprint.mark,
        "point": ["", "识图与构造", ""],
    } | {name.replace("_", "-"): value for name, value in cells.items()}


def test_the_list_says_title_and_size_and_keeps_its_filter(world):
    ready = make_papers.published_blueprint(world, 12, title="甲卷细目")
    make_papers.drafted_blueprint(world, 9, title="乙卷细目")

    page = browser(world.gu).get(reverse("papers:index"), {"state": "published"})

    assert "甲卷细目" in page.text
    assert "乙卷细目" not in page.text
    assert [one.size for one in page.context["page"]] == [12]
    assert "乙卷细目" in browser(world.gu).get(reverse("papers:index"), {"q": "乙"}).text
    assert ready.title in browser(world.chen).get(reverse("papers:index")).text


def test_a_body_sees_the_size_of_a_published_one_and_nothing_inside(world):
    ready = make_papers.published_blueprint(world, 12)
    draft = make_papers.drafted_blueprint(world)
    client = browser(world.chen)

    page = client.get(reverse("papers:detail", args=[ready.pk]))

    assert page.context["blueprint"].size == 12
    assert page.context["matrix"] is None
    assert client.get(reverse("papers:detail", args=[draft.pk])).status_code == 404
    for name in ("edit", "copy", "feasible", "rehearse"):
        url = reverse(f"papers:{name}", args=[ready.pk])
        answer = client.get(url) if name == "edit" else client.post(url)
        assert answer.status_code == 404, name
    assert browser(world.aygul).get(reverse("papers:detail", args=[ready.pk])).status_code == 404


def test_a_quick_one_is_begun_and_its_matrix_opens(world):
    client = browser(world.gu)
    asked = {
        "way": "proportional",
        "quick-question_set": world.questions.pk,
        "quick-items": 20,
        "quick-minutes": 90,
    }

    answer = client.post(reverse("papers:new"), asked)

    made = Blueprint.objects.get()
    assert answer.url == reverse("papers:edit", args=[made.pk])
    page = client.get(answer.url)
    assert [kind["count"] for kind in page.context["matrix"].kinds] == [7, 7, 6]
    again = client.post(reverse("papers:new"), asked | {"quick-items": 31})
    assert again.status_code == 422
    assert "能用的题有 30 道，要 31 道" in again.text
    twice = client.post(reverse("papers:new"), asked)
    assert twice.status_code == 422
    assert "同名" in twice.text
    assert client.post(reverse("papers:new"), asked | {"quick-title": "又一份"}).status_code == 302


def test_an_empty_one_is_begun(world):
    job = world.syllabus.job
    said = {"way": "empty", "job": job.pk, "title": "新", "minutes": 60, "overlap": 20}

    browser(world.gu).post(reverse("papers:new"), said)

    assert Blueprint.objects.get().title == "新"
    again = browser(world.gu).post(reverse("papers:new"), said)
    assert "已有同名的细目表" in again.text


def test_the_matrix_is_saved_as_typed(world):
    made = make_papers.blueprint_of(world)
    cells = {"n_0_judge_any": "2", "n_1_single_hard": "3", "worth_single": "1.5"}

    answer = browser(world.gu).post(
        reverse("papers:edit", args=[made.pk]), typed(made, overlap="10", **cells)
    )

    assert answer.status_code == 302
    assert rows_of(made) == [
        row("judge", 2),
        row("single", 3, point="识图与构造", band="hard", points="1.5"),
    ]
    made.refresh_from_db()
    assert made.overlap == 10


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"n_0_judge_any": "很多"}, "输入整数"),
        ({"n_0_judge_any": "-1"}, "大于或等于0"),
        ({"n_2_judge_any": "1"}, "请写明知识点"),
        ({"worth_single": "0"}, "大于或等于"),
        ({"minutes": "1"}, "5 到 300"),
        ({"n_0_judge_any": "150", "n_0_single_any": "51"}, "一份卷最多 200 题"),
    ],
)
def test_what_was_typed_stays_beside_what_is_wrong_with_it(world, cells, said):
    made = make_papers.blueprint_of(world)

    answer = browser(world.gu).post(
        reverse("papers:edit", args=[made.pk]), typed(made, n_1_single_any="7", **cells)
    )

    assert answer.status_code == 422
    assert said in answer.text
    for value in ["7", *cells.values()]:
        assert f'value="{value}"' in answer.text
    assert rows_of(made) == []


def test_two_lines_of_one_point_are_one_too_many(world):
    made = make_papers.blueprint_of(world)
    data = typed(made, n_1_single_any="1", n_2_single_any="1")
    data["point"] = ["", "识图与构造", "识图与构造"]

    answer = browser(world.gu).post(reverse("papers:edit", args=[made.pk]), data)

    assert "这个知识点上面已经有一行" in answer.text


def test_what_is_typed_is_summed_and_held_against_the_bank(world):
    made = make_papers.blueprint_of(world)
    url = reverse("papers:feasible", args=[made.pk])
    client = browser(world.gu)

    good = client.post(url, typed(made, n_0_single_any="5", n_0_judge_any="5", overlap="0"))
    bad = client.post(url, typed(made, n_0_single_hard="5"))

    assert "可组 2 套" in good.text
    assert "组 3 套还差" in good.text
    assert "<html" not in good.text
    assert "一套也组不出" in bad.text
    assert "单选题 × 难：要 5 题，题库只有 0 题" in bad.text
    assert rows_of(made) == []


def test_without_script_a_button_does_the_sum(world):
    made = make_papers.blueprint_of(world)

    page = browser(world.gu).post(
        reverse("papers:edit", args=[made.pk]), typed(made, n_0_single_any="5", check="1")
    )

    assert page.status_code == 200
    assert page.context["size"] == 5
    assert rows_of(made) == []


def test_somebody_else_saved_meanwhile(world):
    made = make_papers.blueprint_of(world, row())
    data = typed(made, n_0_single_any="5") | {"seen": 0}

    answer = browser(world.gu).post(reverse("papers:edit", args=[made.pk]), data)

    assert "别人刚刚改过" in answer.text
    assert 'value="5"' in answer.text


def test_a_published_one_is_not_edited_but_copied(world):
    ready = make_papers.published_blueprint(world)
    client = browser(world.gu)

    assert client.get(reverse("papers:edit", args=[ready.pk])).status_code == 302
    client.post(reverse("papers:copy", args=[ready.pk]), {"title": "另一份"})

    assert rows_of(Blueprint.objects.get(title="另一份")) == rows_of(ready)


def test_moves_are_made_from_the_page(world):
    made = make_papers.drafted_blueprint(world)
    client = browser(world.gu)

    client.post(reverse("papers:move", args=[made.pk, "publish"]))

    made.refresh_from_db()
    assert made.state == "published"
    assert client.post(reverse("papers:move", args=[made.pk, "eat"])).status_code == 404


def test_a_small_trial_is_made_at_once_and_shown_side_by_side(world):
    made = make_papers.drafted_blueprint(world, 9)

    answer = browser(world.gu).post(
        reverse("papers:rehearse", args=[made.pk]), {"count": 3, "seed": "abc"}, follow=True
    )

    assembly = Assembly.objects.get()
    assert assembly.seed == "abc"
    assert answer.redirect_chain[-1][0] == reverse("papers:assembly", args=[assembly.pk])
    sets = [{place["item"] for place in form.places} for form in assembly.forms.all()]
    shown = answer.context["shared"]
    assert [[cell["common"] for cell in one["cells"]] for one in shown] == [
        [len(a & b) for b in sets] for a in sets
    ]
    assert sum(bar["count"] for line in answer.context["levels"] for bar in line["bars"]) == 27


def test_a_trial_that_cannot_be_says_why(world):
    tight = make_papers.drafted_blueprint(world, 20, overlap=0)

    answer = browser(world.gu).post(reverse("papers:rehearse", args=[tight.pk]), {"count": 2})

    assert answer.status_code == 422
    assert "两套卷最多相同 0 题做不到" in answer.text
    wrong = browser(world.gu).post(reverse("papers:rehearse", args=[tight.pk]), {"count": 13})
    assert wrong.status_code == 422


def test_a_long_trial_is_made_by_the_worker(world, monkeypatch):
    monkeypatch.setattr(trying, "MANY", 10)
    made = make_papers.drafted_blueprint(world, 9)
    client = browser(world.gu)

    answer = client.post(reverse("papers:rehearse", args=[made.pk]), {"count": 2, "seed": "s"})

    job = LongJob.objects.get()
    assert answer.url == reverse("papers:making", args=[job.pk])
    assert "0 / 2" in client.get(answer.url).text
    assert browser(world.chen).get(answer.url).status_code == 404
    worn = world.gu.memberships.get().pk
    for _twice in range(2):
        jobs.try_out(made.pk, 2, "s", worn, job.pk)
    job.refresh_from_db()
    assert (job.outcome, job.done) == (JobState.DONE, 2)
    assert job.url == reverse("papers:assembly", args=[Assembly.objects.get().pk])


def test_a_long_trial_that_fails_says_why(world):
    made = make_papers.drafted_blueprint(world, 20, overlap=0)
    job = longjobs.ask("试组卷", by=world.gu, total=2)

    jobs.try_out(made.pk, 2, "s", world.gu.memberships.get().pk, job.pk)

    job.refresh_from_db()
    assert job.outcome == JobState.FAILED
    assert "两套卷最多相同 0 题做不到" in job.result


def test_a_trial_form_is_read_as_a_candidate_reads_it_and_every_look_is_kept(world):
    questions = make_papers.rich_questions({"识图与构造": 12})
    made = make_papers.blueprint_of(world, row(count=2), row("case", 3), question_set=questions)
    form = assembling.rehearse(made, forms=1, by=world.gu).forms.get()
    client = browser(world.gu)

    shown = client.get(reverse("papers:form", args=[form.pk]))
    with_keys = client.get(reverse("papers:keys", args=[form.pk]))

    assert "某工地基坑开挖" in shown.text
    assert "正确答案" not in shown.text
    assert "正确答案" in with_keys.text
    verbs = [event.verb for event in audit.history(made)]
    assert verbs.count("papers.form_viewed") == 1
    assert verbs.count("papers.keys_viewed") == 1
    assert browser(world.chen).get(reverse("papers:form", args=[form.pk])).status_code == 404


def test_a_form_that_will_be_sat_has_no_page(world):
    ready = make_papers.published_blueprint(world)
    made = assembling.assemble(ready, forms=1, by=world.chen)
    client = browser(world.gu)

    page = client.get(reverse("papers:assembly", args=[made.pk]))

    assert "考试用卷" in page.text
    assert "预览" not in page.text
    url = reverse("papers:form", args=[made.forms.first().pk])
    assert client.get(url).status_code == 403
