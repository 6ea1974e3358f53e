"""From a Manifest to an Assessment: completeness, rules, tables and points."""

from flows.model import Assessment, City, Framework, Manifest, Overrides
from flows.validate.assess import BlockVerdict, conclude, judge_block, judge_manifest
from flows.validate.examining import Examine, examiner, remembering
from flows.validate.expectations import run_suite, warm_up
from flows.validate.lifting import settle
from flows.validate.tables import TableVerdict, judge_tables

__all__ = [
    "BlockVerdict",
    "Examine",
    "TableVerdict",
    "conclude",
    "examiner",
    "judge_block",
    "judge_manifest",
    "judge_tables",
    "remembering",
    "run_suite",
    "settle",
    "validate",
    "warm_up",
]


def validate(
    city: City,
    framework: Framework,
    manifest: Manifest,
    overrides: Overrides | None = None,
    examine: Examine = run_suite,
) -> Assessment:
    """Judge a manifest: its tables, every question of every block, then the manifest as a whole.

    Args:
        city: The city.
        framework: The instrument.
        manifest: What was gathered.
        overrides: Which blocking findings somebody has lifted; none where absent.
        examine: Runs the suites of rules.
    """
    tables = judge_tables(city, framework, manifest, examine)
    verdicts = [judge_block(block, city, framework, manifest, tables) for block in framework.blocks]
    judged = conclude(verdicts, judge_manifest(city, framework, manifest, examine), city, framework, tables)
    return settle(judged, framework, manifest, overrides or Overrides())
