"""Who could be recognised: numbers of persons, lists of children and small counts of them, and how they are masked.

Pure functions over text; nothing here opens a file. Used where files are looked into (:mod:`flows.gather`), where what
was found is judged (:mod:`flows.validate`), and wherever something is printed.
"""

from flows.privacy.cells_of_lines import rows_of_cells
from flows.privacy.children import ChildList, child_list_in_lines, child_list_in_rows
from flows.privacy.children_gate import may_tell_of_children
from flows.privacy.exported import is_exported
from flows.privacy.masking import holds_masked, mask_numbers, mask_path
from flows.privacy.numbers import FoundNumber, find_numbers
from flows.privacy.parted import are_boxes_of_a_person, boxes_in, parted_numbers, speaks_of_counts
from flows.privacy.printed import MaskingFilter, mask_error, masked, masked_traceback
from flows.privacy.small_counts import SmallCounts, may_count, small_counts_in_lines, small_counts_in_rows
from flows.privacy.stacked import Stacked, may_be_stacked, rows_of_drawn_lines, stacked_in_lines, stacked_in_rows

__all__ = [
    "ChildList",
    "FoundNumber",
    "MaskingFilter",
    "SmallCounts",
    "Stacked",
    "are_boxes_of_a_person",
    "boxes_in",
    "child_list_in_lines",
    "child_list_in_rows",
    "find_numbers",
    "holds_masked",
    "is_exported",
    "mask_error",
    "mask_numbers",
    "mask_path",
    "masked",
    "masked_traceback",
    "may_be_stacked",
    "may_count",
    "may_tell_of_children",
    "parted_numbers",
    "rows_of_cells",
    "rows_of_drawn_lines",
    "small_counts_in_lines",
    "small_counts_in_rows",
    "speaks_of_counts",
    "stacked_in_lines",
    "stacked_in_rows",
]
