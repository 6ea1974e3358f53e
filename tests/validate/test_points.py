"""Points: three numbers that never outgrow each other or the indicator's maximum, and never come from nowhere."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.model import Assessment, City, Framework, Manifest, Outcome, Points
from flows.validate import conclude, judge_block
from tests.builders.manifests import claiming, evidence, instrument_2024, manifest, proof

IDS = [question.id for question in instrument_2024().questions]


def assess(city: City, framework: Framework, proven: set[str], claims: Mapping[str, float]) -> Assessment:
    cited = {each.id: proof(each, framework) for each in framework.questions if each.id in proven}
    return judged(city, framework, manifest(cited, answers=claiming(claims)))


def judged(city: City, framework: Framework, found: Manifest) -> Assessment:
    """The assessment without the rules on files, which cost time and no points."""
    return conclude([judge_block(block, city, framework, found) for block in framework.blocks], (), city, framework)


def test_without_claims_nothing_is_claimed_or_proven(city: City, framework: Framework) -> None:
    points = assess(city, framework, {"1.1"}, {}).total.points
    assert points == Points(1000, None, None, 12)


def test_claims_count_as_proven_only_where_the_proof_is_complete(city: City, framework: Framework) -> None:
    assessment = assess(city, framework, {"1.1"}, {"1.1": 10, "2.1": 3})
    assert assessment.questions["1.1"].points == Points(12, 10, 10, 12)
    assert assessment.questions["2.1"].points.claimed == 3
    assert assessment.questions["2.1"].points.proven == 0
    assert (assessment.total.points.claimed, assessment.total.points.proven) == (13, 10)
    assert assessment.blocks["II"].points == Points(156, None, None, 0)


@pytest.mark.parametrize(
    ("claimed", "counted"), [(-5, 0), (0, 0), (11.5, 11.5), (12, 12), (1e9, 12), (float("inf"), 12)]
)
def test_a_claim_counts_up_to_the_maximum(claimed: float, counted: float, city: City, framework: Framework) -> None:
    assert assess(city, framework, set(), {"1.1": claimed}).questions["1.1"].points.claimed == counted


@pytest.mark.parametrize(("indicator_id", "sum_of_questions"), [("19", 54), ("21B", 18)])
def test_the_indicator_caps_its_questions(
    indicator_id: str, sum_of_questions: float, city: City, framework: Framework
) -> None:
    indicator = next(each for each in framework.indicators if each.id == indicator_id)
    questions = {each.id: each.points for each in indicator.questions}
    assert sum(questions.values()) == sum_of_questions
    found = assess(city, framework, set(questions), questions).indicators[indicator_id].points
    assert found == Points(indicator.points, indicator.points, indicator.points, indicator.points)
    assert indicator.points < sum_of_questions


def test_everything_claimed_and_proven_is_a_thousand(city: City, framework: Framework) -> None:
    claims = {each.id: each.points for each in framework.questions}
    assessment = assess(city, framework, set(IDS), claims)
    assert assessment.total.points == Points(1000, 1000, 1000, 1000)
    assert {key: group.points.proven for key, group in assessment.blocks.items()} == {
        block.id: block.points for block in framework.blocks
    }


def test_a_claim_for_an_unknown_question_counts_nowhere(city: City, framework: Framework) -> None:
    assert assess(city, framework, set(), {"99.9": 50}).total.points.claimed is None


def test_agencies_share_their_indicators_maxima(city: City, framework: Framework) -> None:
    agencies = assess(city, framework, set(), {}).agencies
    assert sum(group.questions for group in agencies.values()) == 274
    assert sum(group.points.maximum for group in agencies.values()) >= 1000
    for agency_id, group in agencies.items():
        owed = sum(each.points for each in framework.questions if each.lead == agency_id)
        assert group.points.maximum <= owed


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sets(st.sampled_from(IDS)),
    st.sets(st.sampled_from(IDS)),
    st.dictionaries(st.sampled_from(IDS), st.floats(-10, 200, allow_nan=False)),
)
def test_proven_never_exceeds_claimed_nor_claimed_the_maximum(
    city: City, framework: Framework, proven: set[str], uncertain: set[str], claims: dict[str, float]
) -> None:
    cited = {each.id: proof(each, framework) for each in framework.questions if each.id in proven}
    cited |= {each: (evidence(f"pppa/{each}.pdf"),) for each in sorted(uncertain - proven)}
    assessment = judged(city, framework, manifest(cited, answers=claiming(claims)))
    groups = [
        assessment.total,
        *assessment.indicators.values(),
        *assessment.blocks.values(),
        *assessment.agencies.values(),
    ]
    for points in [*(group.points for group in groups), *(each.points for each in assessment.questions.values())]:
        assert 0 <= points.maximum_with_proof <= points.maximum
        if points.claimed is None:
            assert points.proven is None
        else:
            assert points.proven is not None
            assert 0 <= points.proven <= points.claimed <= points.maximum
    assert assessment.total.points.maximum == 1000
    for level in (assessment.indicators, assessment.blocks, assessment.agencies):
        assert sum(group.questions for group in level.values()) == 274
    for outcome in Outcome:
        assert assessment.total.counts[outcome] == sum(
            each.outcome is outcome for each in assessment.questions.values()
        )
        assert assessment.total.counts[outcome] == sum(group.counts[outcome] for group in assessment.blocks.values())
