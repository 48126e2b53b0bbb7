"""The questions before every session, and the verdict from the answers; no answer is kept after the session."""

from instep.texts import Texts

# Questions, in order of asking.
(
    ASK_PHYSICIAN,
    ASK_CONFIRM,
    ASK_SWOLLEN,
    ASK_SKIN,
    ASK_INJURY,
    ASK_CARE,
    ASK_BLOOD,
    ASK_CONSENT,
    ASK_NOTHING,
) = range(9)

# Verdicts.
PENDING, PASSED, PASSED_GENTLE, REFUSED = range(4)

# Reasons for a refusal; 0 = none.
REASON_NONE = 0
REASON_NOT_CONFIRMED = 1
REASON_SWOLLEN = 2
REASON_SKIN = 3
REASON_NO_CONSENT = 4
REASON_INJURY = 5

# Each answer is one press: a healthy person presses START and six answers.
QUESTIONS = Texts(
    b"Has a physician been asked about foot massage?|"
    b"Please ask a physician first. Go on all the same?|"
    b"Are the feet swollen?|"
    b"Any warts, blisters or open skin on the feet?|"
    b"Thrombosis (blood clot), ever? Wound or fresh operation of foot or leg?|"
    b"Gout, diabetes or reduced feeling in the feet?|"
    b"Pregnant, or taking blood thinners?|"
    b"Has a physician agreed to a gentle massage?|"
    b"|"
)

# A row: name, why, what to do.
REASONS = Texts(
    b"|||"
    b"not_confirmed|No massage without a physician's advice.|Ask a physician, then start again.|"
    b"swollen|Swollen feet must not be massaged.|See a physician about the swelling.|"
    b"skin|No massage on warts, blisters, open skin.|Let the skin heal, then start again.|"
    b"no_consent|A physician must agree first.|Ask a physician, then start again.|"
    b"clot_or_injury|No massage with a clot or an injury.|Ask a physician what helps you.|",
    parts=3,
)

# question -> (after no, after yes): a next question, or a refusal's reason as a negative number.
_NEXT = (
    (ASK_CONFIRM, ASK_SWOLLEN),
    (-REASON_NOT_CONFIRMED, ASK_SWOLLEN),
    (ASK_SKIN, -REASON_SWOLLEN),
    (ASK_INJURY, -REASON_SKIN),
    (ASK_CARE, -REASON_INJURY),
    (ASK_BLOOD, ASK_BLOOD),
    (ASK_NOTHING, ASK_CONSENT),
    (-REASON_NO_CONSENT, ASK_NOTHING),
)
# A yes to one of these allows a gentle massage only, and only with a physician's consent.
_CARE_QUESTIONS = (ASK_CARE, ASK_BLOOD)


class Screening:
    """The screening of one person: `question` is the one to ask now, `verdict` the result so far."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Start again at the first question."""
        self.question = ASK_PHYSICIAN
        self.verdict = PENDING
        self.reason = REASON_NONE
        self._needs_care = False

    def answer(self, yes: bool) -> None:
        """Take the answer to the present question."""
        if self.verdict != PENDING:
            return
        if yes and self.question in _CARE_QUESTIONS:
            self._needs_care = True
        following = _NEXT[self.question][1 if yes else 0]
        if self._needs_care and self.question == ASK_BLOOD:
            following = ASK_CONSENT
        if following < 0:
            self.reason = -following
            self.verdict = REFUSED
            return
        self.question = following
        if following == ASK_NOTHING:
            self.verdict = PASSED_GENTLE if self._needs_care else PASSED
