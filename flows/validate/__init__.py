"""From a Manifest to an Assessment: completeness, rules, tables and points."""

from flows.model import Assessment, City, Framework, Manifest
from flows.validate.assess import BlockVerdict, conclude, judge_block, judge_manifest
from flows.validate.expectations import warm_up
from flows.validate.tables import TableVerdict, judge_tables

__all__ = [
    "BlockVerdict",
    "TableVerdict",
    "conclude",
    "judge_block",
    "judge_manifest",
    "judge_tables",
    "validate",
    "warm_up",
]


def validate(city: City, framework: Framework, manifest: Manifest) -> Assessment:
    """Judge a manifest: its tables, every question of every block, then the manifest as a whole."""
    tables = judge_tables(city, framework, manifest)
    verdicts = [judge_block(block, city, framework, manifest, tables) for block in framework.blocks]
    return conclude(verdicts, judge_manifest(city, framework, manifest), city, framework, tables)
