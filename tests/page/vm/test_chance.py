"""The page's random choices: repeatable from their seed, in range, and not all alike."""

from collections import Counter

import pytest

from sim.page.vm.chance import Random


def test_the_same_seed_gives_the_same_choices_and_another_others():
    def draws(seed):
        random = Random(seed)
        return [random.randint(0, 999) for _ in range(50)]

    assert draws("a") == draws("a") != draws("b")


def test_the_first_words_are_xorshift32_of_the_seed_s_fnv_1a_hash():
    # FNV-1a of "a" is 0xe40c292c, as published with the hash.
    word = 0xE40C292C
    word ^= word << 13 & 0xFFFF_FFFF
    word ^= word >> 17
    word ^= word << 5 & 0xFFFF_FFFF
    assert Random("a").randint(0, (1 << 32) - 1) == word


@pytest.mark.parametrize(("low", "high"), [(0, 0), (-3, 3), (5, 6)])
def test_every_number_of_a_range_is_drawn_about_equally_often(low, high):
    random = Random("range")
    counts = Counter(random.randint(low, high) for _ in range(3_000))
    assert set(counts) == set(range(low, high + 1))
    assert min(counts.values()) > 0.7 * 3_000 / len(counts)


def test_a_choice_is_one_of_the_values():
    random = Random("choice")
    assert {random.choice("xyz") for _ in range(60)} == set("xyz")
