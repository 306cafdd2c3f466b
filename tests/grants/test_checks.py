"""What the journal tells of the requirements a firm answered."""

from firms.words.details import in_words


def test_answers_are_told_by_their_labels():
    told = in_words({"answers": {"promoter": "yes", "ordered_as_work": "no", "asked_no_more": "yes"}})

    assert told == [("回答", "職業能力開発推進者を選任している：はい、受講を業務として命じている：いいえ")]
