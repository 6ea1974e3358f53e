"""From a Manifest to an Assessment: completeness, rules and points."""

from flows.model import Assessment, City, Framework, Manifest
from flows.validate.assess import BlockVerdict, conclude, judge_block, judge_manifest
from flows.validate.expectations import warm_up

__all__ = ["BlockVerdict", "conclude", "judge_block", "judge_manifest", "validate", "warm_up"]


def validate(city: City, framework: Framework, manifest: Manifest) -> Assessment:
    """Judge a manifest: every question of every block, then the manifest as a whole."""
    verdicts = [judge_block(block, city, framework, manifest) for block in framework.blocks]
    return conclude(verdicts, judge_manifest(city, framework, manifest), city, framework)
