"""What exposes a child only together with other files, or by the question that it proves."""

from __future__ import annotations

from collections import defaultdict

from flows.model import ExposureKind, Framework, Manifest

_SPECIAL_PROTECTION = "V"
"""Block of the instrument about children in difficulty (Klaster V, *Perlindungan Khusus*)."""
_A_LIST = 3
"""Files that name one child each, of one agency and for one question: two papers may be about the same child."""


def special_questions(framework: Framework) -> frozenset[str]:
    """Ids of the questions about children in difficulty, where a table by sex counts such."""
    blocks = (block for block in framework.blocks if block.id == _SPECIAL_PROTECTION)
    return frozenset(question.id for block in blocks for each in block.indicators for question in each.questions)


def named_one_each(manifest: Manifest) -> frozenset[str]:
    """Paths of files that are a list together: report cards or certificates, a file for each child."""
    lone = {
        file.path: file
        for file in manifest.files
        if any(each.kind is ExposureKind.LONE_CHILD for each in file.exposures)
    }
    contents: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for citation in manifest.citations:
        if file := lone.get(citation.path):
            contents[file.agency_id, citation.question_id][file.sha256].append(file.path)
    return frozenset(
        path for alike in contents.values() if len(alike) >= _A_LIST for paths in alike.values() for path in paths
    )
