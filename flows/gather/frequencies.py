"""The lowest frequencies of a picture, by which it is known again: a cosine transform that needs no more than numpy.

SciPy has the same transform, but importing it takes a quarter of a second in every child process, as long as thirty
photos. This is done step by step as SciPy does it, so that both give the same fingerprint even where a picture is so
regular that only the rounding decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL import Image

_SIDE = 64
"""Pixels of the picture a side before the transform; even."""


def lowest_frequencies(grey: Image.Image, count: int) -> NDArray[np.float64]:
    """The ``count`` lowest frequencies down and across a grey picture."""
    import numpy as np
    from PIL import Image

    small = grey.resize((_SIDE, _SIDE), Image.Resampling.LANCZOS)
    pixels = np.asarray(small, dtype=np.float64)
    return _cosines(_cosines(pixels.T).T[:count])[:, :count]


def _cosines(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """The discrete cosine transform (the second) of each row, by way of a Fourier transform of the same length."""
    import numpy as np

    length = rows.shape[1]
    half = length // 2
    spectrum = np.empty((len(rows), half + 1), dtype=np.complex128)
    spectrum[:, [0, half]] = 2 * rows[:, [0, -1]]
    spectrum[:, 1:half].real = rows[:, 1:-1:2] + rows[:, 2:-1:2]
    spectrum[:, 1:half].imag = rows[:, 2:-1:2] - rows[:, 1:-1:2]
    waves = np.fft.irfft(spectrum, n=length, norm="forward")
    turn = np.cos(np.pi * np.arange(length) / (2 * length))
    up = np.arange(1, half)
    down = length - up
    first = turn[up] * waves[:, down] + turn[down] * waves[:, up]
    second = turn[up] * waves[:, up] - turn[down] * waves[:, down]
    waves[:, half] *= turn[half]
    waves[:, up], waves[:, down] = (first + second) / 2, (first - second) / 2
    return waves
