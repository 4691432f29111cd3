"""One item of QTI as a sketch: what is asked, what is right, what cannot be kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from zhupei.questions.formats import answers, words
from zhupei.questions.formats.draft import Case, Picture
from zhupei.questions.formats.judge import Sketch
from zhupei.questions.formats.markup import Flow, Image
from zhupei.questions.formats.qti import tree
from zhupei.questions.rules import LETTERS, Kind

OURS: Final = "zp-"  # our own classes: what QTI has no word for
ANY_ORDER: Final = "zp-any-order"
APART: Final = "zp-apart"  # an entry that stands after the stem, not inside it
ANALYSIS: Final = "analysis"
_ASKS: Final = frozenset({"choiceInteraction", "textEntryInteraction", "extendedTextInteraction"})
_STRANGE: Final[Mapping[str, str]] = {
    "matchInteraction": "匹配题",
    "gapMatchInteraction": "选词填空题",
    "inlineChoiceInteraction": "下拉选择题",
    "orderInteraction": "排序题",
    "associateInteraction": "配对题",
    "hotspotInteraction": "热点图题",
    "hottextInteraction": "文中选词题",
    "graphicGapMatchInteraction": "图上拖放题",
    "graphicOrderInteraction": "图上排序题",
    "graphicAssociateInteraction": "图上配对题",
    "selectPointInteraction": "图上点选题",
    "positionObjectInteraction": "图上摆放题",
    "sliderInteraction": "滑块题",
    "drawingInteraction": "绘图题",
    "uploadInteraction": "上传题",
    "mediaInteraction": "音视频题",
    "customInteraction": "自定义交互题",
    "portableCustomInteraction": "自定义交互题",
    "endAttemptInteraction": "提示按钮",
}

Fetch = Callable[[str], bytes | None]
Follow = Callable[[str], tuple[Element, Fetch] | None]


@dataclass(slots=True)
class Around:
    """What stands around an item: its place, and the files its references lead to."""

    position: str
    fetch: Fetch
    follow: Follow


@dataclass(slots=True)
class _Response:
    correct: list[str] = field(default_factory=list)
    mapped: dict[str, float] = field(default_factory=dict)
    several: bool = False
    base: str = ""


@dataclass(slots=True)
class _Body:
    """The body of an item as it is walked."""

    flow: Flow
    asked: list[Element] = field(default_factory=list)
    rubric: list[str] = field(default_factory=list)


def sketch(item: Element, around: Around) -> Sketch:
    """What an item says."""
    found = Sketch(around.position)
    say = found.say
    body = _Body(Flow(say, "stem"))
    for one in tree.children(item, "itemBody"):
        _walk(one, body)
    if tree.find(item, "templateDeclaration", "templateProcessing"):
        say.refuse("", "not_supported", what="参数化试题")
    found.stem = body.flow.text
    found.pictures = pictures(body.flow.images, around.fetch, found)
    _read_case(item, found, around)
    _read_feedback(item, found)
    _read_worth(item, found)
    responses = {
        tree.attribute(one, "identifier"): _response(one)
        for one in tree.children(item, "responseDeclaration")
    }
    _read_interactions(item, body, responses, found)
    return found


def _walk(parent: Element, into: _Body) -> None:
    flow, tag = into.flow, tree.name(parent)
    if tag in _ASKS or tag in _STRANGE:
        into.asked.append(parent)
        _put_question(parent, tag, into)
    elif tag == "rubricBlock":
        flow_of = Flow(flow.say, "rubric")
        for one in parent:
            _walk(one, _Body(flow_of))
        into.rubric.append(flow_of.text or "".join(parent.itertext()))
    elif tag in {"feedbackBlock", "feedbackInline", "printedVariable", "stylesheet"}:
        flow.say.warn("stem", "feedback_dropped")
    elif tag == "object":
        _object(parent, flow)
    elif tag:
        _inside(parent, tag, into)


def _inside(parent: Element, tag: str, into: _Body) -> None:
    into.flow.open(tag, dict(parent.attrib))
    if tag not in {"math", "svg", "video", "audio"}:
        into.flow.data(parent.text or "")
        for one in parent:
            _walk(one, into)
            into.flow.data(one.tail or "")
    into.flow.close(tag)


def _put_question(asked: Element, tag: str, into: _Body) -> None:
    """What an interaction leaves in the stem: its prompt, or a blank."""
    if tag == "textEntryInteraction":
        if APART not in tree.attribute(asked, "class").split():
            into.flow.put(answers.BLANK)
        return
    for prompt in tree.children(asked, "prompt"):
        into.flow.line()
        _walk(prompt, into)


def _object(parent: Element, flow: Flow) -> None:
    if parent.get("type", "").startswith("image/"):
        alt = " ".join("".join(parent.itertext()).split())
        flow.images.append(Image(parent.get("data", ""), alt))
    else:
        flow.say.refuse("stem", "media")


def pictures(images: list[Image], fetch: Fetch, found: Sketch) -> list[Picture]:
    """The pictures a text shows; one that is not in the package is refused."""
    kept = []
    for image in images:
        content = fetch(image.source)
        if content is not None:
            name = unquote(image.source).rpartition("/")[2]
            kept.append(Picture(name, content, image.alt))
        elif image.source.startswith(("http:", "https:", "//")):
            found.say.refuse("pictures", "picture_elsewhere", name=image.source[:80])
        else:
            found.say.refuse("pictures", "picture_missing", name=image.source[:80])
    return kept


# --- around the question ------------------------------------------------------------------------


def _read_case(item: Element, found: Sketch, around: Around) -> None:
    for reference in tree.children(item, "assessmentStimulusRef")[:1]:
        followed = around.follow(tree.attribute(reference, "href"))
        bodies = tree.find(followed[0], "stimulusBody") if followed else []
        if followed is None or not bodies:
            found.say.refuse("case", "outside", what=tree.attribute(reference, "href")[:80])
            return
        body = _Body(Flow(found.say, "case"))
        _walk(bodies[0], body)
        shared = tuple(pictures(body.flow.images, followed[1], found))
        found.case = Case(body.flow.text, shared)


def _read_feedback(item: Element, found: Sketch) -> None:
    """One feedback is an explanation; several belong to options and are dropped."""
    given = tree.children(item, "modalFeedback")
    ours = [one for one in given if tree.attribute(one, "identifier") == ANALYSIS]
    if ours or len(given) == 1:
        body = _Body(Flow(found.say, "analysis"))
        _walk((ours or given)[0], body)
        found.analysis = body.flow.text
    elif given:
        found.say.warn("analysis", "feedback_dropped")


def _read_worth(item: Element, found: Sketch) -> None:
    for outcome in tree.children(item, "outcomeDeclaration"):
        if tree.attribute(outcome, "identifier") == "MAXSCORE":
            values = tree.find(outcome, "value")
            worth = words.points("".join(values[0].itertext())) if values else None
            found.points = worth or found.points


def _response(declaration: Element) -> _Response:
    found = _Response(
        several=tree.attribute(declaration, "cardinality") in {"multiple", "ordered"},
        base=tree.attribute(declaration, "baseType"),
    )
    for one in tree.children(declaration, "correctResponse"):
        found.correct = ["".join(value.itertext()).strip() for value in tree.find(one, "value")]
    for entry in tree.find(declaration, "mapEntry"):
        try:
            worth = float(tree.attribute(entry, "mappedValue") or 0)
        except ValueError:
            worth = 0.0
        found.mapped[tree.attribute(entry, "mapKey")] = worth
    return found


# --- what is asked ------------------------------------------------------------------------------


def _read_interactions(
    item: Element, body: _Body, responses: Mapping[str, _Response], found: Sketch
) -> None:
    kinds = {tree.name(one) for one in body.asked}
    own = _own_kind(item)
    if strange := next((one for one in kinds if one in _STRANGE), ""):
        found.say.refuse("", "not_supported", what=_STRANGE[strange])
    elif not body.asked:
        found.say.refuse("", "no_interaction")
    elif kinds == {"textEntryInteraction"}:
        _read_blanks(item, body.asked, responses, found)
    elif len(body.asked) > 1:
        found.say.refuse("", "several_interactions", count=len(body.asked))
    elif kinds == {"choiceInteraction"}:
        _read_choice(body.asked[0], responses, found, own)
    else:
        _read_essay(body, responses, found)


def _own_kind(item: Element) -> Kind | None:
    """The kind our own export names in the class of the body."""
    for one in tree.children(item, "itemBody"):
        for word in tree.attribute(one, "class").split():
            if word.removeprefix(OURS) in set(Kind):
                return Kind(word.removeprefix(OURS))
    return None


def _of(asked: Element, responses: Mapping[str, _Response]) -> _Response:
    return responses.get(tree.attribute(asked, "responseIdentifier"), _Response())


def _read_choice(
    asked: Element, responses: Mapping[str, _Response], found: Sketch, own: Kind | None
) -> None:
    response, ids = _of(asked, responses), list[str]()
    for number, choice in enumerate(tree.children(asked, "simpleChoice")):
        letter = LETTERS[min(number, len(LETTERS) - 1)]
        body = _Body(Flow(found.say, f"option_{letter}"))
        _walk(choice, body)
        if body.flow.images:
            found.say.refuse(f"option_{letter}", "option_picture", letter=letter)
        ids.append(tree.attribute(choice, "identifier"))
        found.options.append(body.flow.text)
    right = response.correct or [one for one, worth in response.mapped.items() if worth > 0]
    if response.several and any(worth > 0 for worth in response.mapped.values()) and own is None:
        found.say.warn("answer", "all_or_nothing")
    unknown = [one for one in right if one not in ids]
    if unknown:
        found.say.refuse("answer", "answer_not_an_option", letter=unknown[0][:40])
    places = sorted({ids.index(one) for one in right if one in ids})
    found.key = "".join(LETTERS[place] for place in places if place < len(LETTERS))
    sides = [words.truth(text) for text in found.options]
    judged = not response.several and sides in ([True, False], [False, True])
    several = response.several and len(found.key) != 1
    if response.several and not several and own is None:
        found.say.warn("kind", "one_right")
    found.kind = own or (Kind.JUDGE if judged else Kind.MULTIPLE if several else Kind.SINGLE)
    if found.kind == Kind.JUDGE and sides == [True, False]:
        found.options = []


def _read_blanks(
    item: Element, asked: list[Element], responses: Mapping[str, _Response], found: Sketch
) -> None:
    found.kind, blanks = Kind.BLANK, []
    for one in asked:
        response = _of(one, responses)
        ways = [*response.correct, *(way for way, worth in response.mapped.items() if worth > 0)]
        blanks.append([way for way in ways if way.strip()])
        if response.base in {"float", "integer"}:
            found.say.warn("answer", "numerical")
    body = next(iter(tree.children(item, "itemBody")))
    ordered = ANY_ORDER not in tree.attribute(body, "class").split()
    found.key = {"blanks": blanks, "ordered": ordered}


def _read_essay(body: _Body, responses: Mapping[str, _Response], found: Sketch) -> None:
    found.kind = Kind.ESSAY
    given = "\n".join(body.rubric)
    rubric = answers.rubric(given)
    sample = "\n".join(_of(body.asked[0], responses).correct)
    if isinstance(rubric, int):  # words for the marker, without points
        sample, rubric = sample or given, []
    found.key = {"rubric": rubric, "sample": sample}
