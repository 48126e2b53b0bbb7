"""The heat of a well against closed forms: energy, steady states, step responses, cut-out and NTCs."""

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.plant import heat
from sim.plant.noise import seeded

HEATER = heat.load_heater(Path(__file__).resolve().parents[3] / "boards/reference/heater.toml")
FOOT = heat.FootHeat(skin_tau_s=60.0, bulk_tau_s=3600.0, skin_start_c=28.0, blood_c=35.0, foot_mass_kg=1.0)
TICK_S = 0.01
ROOM_C = 20.0
SEALED = 1e15  # K/W, s or J/K: nothing passes, or nothing changes
FOREVER_S = 1e7


class Well:
    """One well with its foot."""

    def __init__(self, heater=HEATER, foot=FOOT, tick_s=TICK_S):
        self.heater, self.foot = heater, foot
        self.steps = heat.step_matrices(heater, foot, tick_s)
        self.figures = heater.pack()
        self.state = heat.start_state(foot, ROOM_C)

    def step(self, ticks=1, duty=1.0, bus_v=12.0, foot_in=True):
        for _ in range(ticks):
            heat.step_heat(self.state, self.steps, self.figures, duty, bus_v, foot_in, ROOM_C, self.foot.blood_c)
        return self.state

    def joules(self):
        return float(heat.capacities_j_per_k(self.heater, self.foot) @ self.state[: heat.NODES])


def sealed(**changes):
    names = ("element_to_well_k_per_w", "well_to_ambient_k_per_w", "pad_to_air_k_per_w", "pad_to_skin_k_per_w")
    return replace(HEATER, **{name: SEALED for name in names} | changes)


@pytest.mark.parametrize("foot_in", [False, True])
def test_a_well_that_nothing_leaves_keeps_every_joule(foot_in):
    heater = replace(HEATER, well_to_ambient_k_per_w=SEALED, pad_to_air_k_per_w=SEALED)
    well = Well(heater, replace(FOOT, bulk_tau_s=SEALED))
    before = well.joules()
    well.step(3000, duty=0.5, foot_in=foot_in)
    assert well.joules() - before == pytest.approx(0.5 * 12.0 * 3000 * TICK_S, rel=1e-8)


def test_what_leaves_a_steady_well_is_what_the_film_gives():
    state = Well(tick_s=FOREVER_S).step(duty=0.25)
    to_room_w = (state[heat.WELL_C] - ROOM_C) / HEATER.well_to_ambient_k_per_w
    blood_w_per_k = FOOT.foot_mass_kg * heat.FOOT_J_PER_KG_K / FOOT.bulk_tau_s
    to_blood_w = (state[heat.BULK_C] - FOOT.blood_c) * blood_w_per_k
    assert to_room_w + to_blood_w == pytest.approx(3.0, rel=1e-9)


def test_a_steady_pad_without_a_foot_stands_above_the_room_by_power_times_resistance():
    heater = replace(HEATER, element_to_well_k_per_w=SEALED)
    state = Well(heater, tick_s=FOREVER_S).step(duty=0.1, foot_in=False)
    assert state[heat.PAD_C] == pytest.approx(ROOM_C + 1.2 * HEATER.pad_to_air_k_per_w)
    assert state[heat.ELEMENT_C] - state[heat.PAD_C] == pytest.approx(1.2 * HEATER.element_to_pad_k_per_w)


def test_a_steady_pad_under_a_foot_stands_above_the_blood_by_power_times_resistance():
    heater = replace(HEATER, element_to_well_k_per_w=SEALED)
    state = Well(heater, tick_s=FOREVER_S).step(duty=0.1)
    bulk_k_per_w = FOOT.bulk_tau_s / (FOOT.foot_mass_kg * heat.FOOT_J_PER_KG_K)
    k_per_w = HEATER.pad_to_skin_k_per_w + heat.TISSUE_K_PER_W + bulk_k_per_w
    assert state[heat.PAD_C] == pytest.approx(FOOT.blood_c + 1.2 * k_per_w)


def test_the_film_leads_the_pad_by_the_closed_form_of_two_nodes():
    well = Well(sealed())
    state = well.step(250)
    both = HEATER.element_j_per_k + HEATER.pad_j_per_k
    tau_s = HEATER.element_to_pad_k_per_w * HEATER.element_j_per_k * HEATER.pad_j_per_k / both
    end_k = 12.0 * HEATER.element_to_pad_k_per_w * HEATER.pad_j_per_k / both
    lead_k = state[heat.ELEMENT_C] - state[heat.PAD_C]
    assert lead_k == pytest.approx(end_k * (1.0 - math.exp(-2.5 / tau_s)), rel=1e-9)


@pytest.mark.parametrize("skin_tau_s", [40.0, 60.0, 90.0])
def test_the_skin_layer_follows_a_held_pad_with_its_time_constant(skin_tau_s):
    foot = replace(FOOT, skin_tau_s=skin_tau_s, foot_mass_kg=SEALED, bulk_tau_s=SEALED**2)
    well = Well(replace(HEATER, pad_j_per_k=SEALED), foot, tick_s=skin_tau_s)
    skin_c = well.step(duty=0.0)[heat.SKIN_C]
    tissue_share = HEATER.pad_to_skin_k_per_w / (HEATER.pad_to_skin_k_per_w + heat.TISSUE_K_PER_W)
    end_c = ROOM_C + (FOOT.skin_start_c - ROOM_C) * tissue_share
    assert skin_c == pytest.approx(end_c + (FOOT.skin_start_c - end_c) * math.exp(-1.0), rel=1e-6)


def test_the_bulk_follows_the_blood_with_its_time_constant():
    foot = replace(FOOT, skin_tau_s=1e-6)
    bulk_c = Well(sealed(), foot, tick_s=FOOT.bulk_tau_s).step(duty=0.0)[heat.BULK_C]
    assert bulk_c == pytest.approx(FOOT.blood_c + (FOOT.skin_start_c - FOOT.blood_c) * math.exp(-1.0), rel=1e-6)


def test_a_thousand_short_ticks_equal_one_long_one():
    short, long = Well(tick_s=0.01).step(1000), Well(tick_s=10.0).step()
    np.testing.assert_allclose(short, long, rtol=1e-11)


def test_a_foot_that_is_out_takes_no_heat_from_the_pad():
    hot, cold = Well(), Well()
    hot.step(2000, duty=1.0, foot_in=False)
    cold.step(2000, duty=0.0, foot_in=False)
    assert hot.state[heat.PAD_C] > cold.state[heat.PAD_C] + 2.0
    assert hot.state[heat.SKIN_C] == cold.state[heat.SKIN_C]


@pytest.mark.parametrize(
    ("duty", "bus_v", "power_w"), [(1.0, 12.0, 12.0), (0.5, 12.0, 6.0), (1.0, 6.0, 3.0), (1.0, 0.0, 0.0)]
)
def test_the_power_follows_duty_and_the_square_of_the_voltage(duty, bus_v, power_w):
    assert Well().step(duty=duty, bus_v=bus_v)[heat.POWER_W] == pytest.approx(power_w)


def test_the_cut_out_opens_at_55_degrees_and_closes_again_only_at_45():
    well = Well(sealed())
    well.state[heat.ELEMENT_C] = well.state[heat.PAD_C] = 50.0
    powers, elements = [], []
    for _ in range(1500):
        elements.append(well.state[heat.ELEMENT_C])
        powers.append(well.step()[heat.POWER_W])
    opened = powers.index(0.0)
    assert elements[opened - 1] < 55.0 <= elements[opened] < 55.1
    assert 45.0 < min(elements[opened:]) < 53.0
    assert set(powers[opened:]) == {0.0}
    well.state[heat.ELEMENT_C] = 45.0
    assert well.step()[heat.POWER_W] == pytest.approx(12.0)


@pytest.mark.parametrize(("celsius", "ratio"), [(25.0, 0.5), (40.0, 0.347), (43.0, 0.320)])
def test_the_ntc_divider_follows_the_beta_formula(celsius, ratio):
    assert heat.ntc_ratio(celsius, HEATER.pack()) == pytest.approx(ratio, abs=0.001)


def test_codes_carry_the_noise_of_one_code_and_nothing_else():
    figures, noise = HEATER.pack(), seeded(7, 2)
    codes = np.array([heat.ntc_code(40.0, figures, noise, 1) for _ in range(4000)])
    assert codes.mean() == pytest.approx(heat.ntc_ratio(40.0, figures) * heat.FULL_CODE, abs=0.1)
    assert codes.std() == pytest.approx(math.hypot(1.0, 1.0 / math.sqrt(12.0)), abs=0.05)


def test_codes_stay_within_the_converter():
    figures = replace(HEATER, noise_codes=1000.0).pack()
    noise = seeded(3, 1)
    for celsius in (-200.0, 500.0):
        codes = [heat.ntc_code(celsius, figures, noise, 0) for _ in range(50)]
        assert min(codes) >= 0
        assert max(codes) <= 32767
        assert {0, 32767} & set(codes)


def test_each_ntc_reads_its_own_node():
    figures, noise, codes = replace(HEATER, noise_codes=0.0).pack(), seeded(1, 2), np.zeros(heat.NTCS, np.int32)
    well = Well()
    well.state[heat.ELEMENT_C], well.state[heat.PAD_C] = 25.0, 40.0
    heat.read_ntcs(well.state, figures, noise, 0, codes)
    assert codes.tolist() == [16384, round(heat.ntc_ratio(40.0, figures) * 32767)]


def test_a_heater_file_with_a_figure_missing_or_unknown_is_refused(tmp_path):
    text = (Path(__file__).resolve().parents[3] / "boards/reference/heater.toml").read_text(encoding="utf-8")
    broken = tmp_path / "heater.toml"
    for old, new in (("beta_k", "gamma_k"), ("pad_to_air = 10.0", "")):
        broken.write_text(text.replace(old, new), encoding="utf-8")
        with pytest.raises(TypeError, match=r"beta_k|gamma_k|pad_to_air"):
            heat.load_heater(broken)
