"""What use told of an item, in words."""

from zhupei.questions import words


def test_the_figures_of_a_flagged_item_are_told_in_words():
    facts = {
        "people": 33,
        "share": 0.8788,
        "rest": None,
        "contrast": 0.0848,
        "options": [["B", True, 29, 0.8788, 0.8788, 0.7939], ["", False, 0, 0.0, 0.0, 0.0]],
        "难度（通过率）": "0.31",
    }

    said = {one["label"]: one["value"] for one in words.figures(facts)}

    assert said == {
        "答过": "33 人",
        "得分率": "88%",
        "与其余题的相关": "—",
        "高低分组差": "0.08",
        "选 B（正确）": "29 人，88%；高分组 88%，低分组 79%",
        "未答": "0 人，0%；高分组 0%，低分组 0%",
        "难度（通过率）": "0.31",
    }
