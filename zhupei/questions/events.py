"""What can happen to a question set and its items. Stored for ever: never rename a value."""

from enum import StrEnum


class QuestionEvent(StrEnum):
    SET_STARTED = "questions.set_started"
    ITEMS_IMPORTED = "questions.items_imported"
    ITEMS_EXPORTED = "questions.items_exported"
    ORIGIN_SET = "questions.origin_set"
    PUBLISHED = "questions.published"
    RETIRED = "questions.retired"
    ITEMS_VIEWED = "questions.items_viewed"


class ItemEvent(StrEnum):
    ITEM_DRAFTED = "questions.item_drafted"
    ITEM_VIEWED = "questions.item_viewed"
    ITEM_PUBLISHED = "questions.item_published"
    ITEM_RETIRED = "questions.item_retired"
    VERSION_BEGUN = "questions.version_begun"
    VERSION_CHANGED = "questions.version_changed"
    VERSION_SUBMITTED = "questions.version_submitted"
    VERSION_WITHDRAWN = "questions.version_withdrawn"
    VERSION_RETURNED = "questions.version_returned"
    VERSION_PUBLISHED = "questions.version_published"
    VERSION_REPLACED = "questions.version_replaced"
    VERSION_DROPPED = "questions.version_dropped"


class ReviewEvent(StrEnum):
    EXPERT_ASKED = "questions.expert_asked"
    EXPERT_RELIEVED = "questions.expert_relieved"
    AGREED = "questions.expert_agreed"
    OBJECTED = "questions.expert_objected"
    FLAGGED = "questions.flagged"
    HELD_BACK = "questions.held_back"
    KEPT = "questions.flag_kept"
    WAITS = "questions.waits_for_its_case"
    FOUND_FAULTY = "questions.found_faulty"
    SAME = "questions.pair_same"
    DIFFERENT = "questions.pair_different"


class SealEvent(StrEnum):
    SEALED = "questions.sealed"
    UNSEAL_ASKED = "questions.unseal_asked"
    UNSEALED = "questions.unsealed"
    KEPT_SEALED = "questions.kept_sealed"
    NAMED = "questions.named"
    KEY_GIVEN = "questions.key_given"
    KEY_TAKEN = "questions.key_taken"
    RELEASE_ASKED = "questions.release_asked"
    RELEASED = "questions.released_to_blueprint"
    RELEASE_ENDED = "questions.release_ended"
    DRAWN = "questions.drawn_unread"


class CaseEvent(StrEnum):
    CASE_WRITTEN = "questions.case_written"
    CASE_CHANGED = "questions.case_changed"
    CASE_FOLLOWED = "questions.case_followed"
    CASE_IN_FORCE = "questions.case_in_force"
    CASE_GIVEN_UP = "questions.case_given_up"
