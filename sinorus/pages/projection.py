"""From latitude and longitude to a place on the map of Eurasia: Albers' equal-area conic projection, 95° east in the middle.

Equal areas, so that a circle means the same everywhere; two standard parallels (25° and 65° north) between which the shapes
of China and Russia are hardly bent. Formulas: J. P. Snyder, Map projections: a working manual (USGS, 1987), chapter 14.
"""

from __future__ import annotations

import math
from typing import Final

WIDTH, HEIGHT = 960, 690  # of the frame, in units of the drawing
MERIDIAN: Final = 95.0
PARALLELS: Final = (25.0, 65.0)
#: Units for the radius of the Earth, and where the origin (95° east, 0°) lies in the frame.
SCALE, LEFT, TOP = 555.0, 588.0, 788.0

_N: Final = sum(math.sin(math.radians(one)) for one in PARALLELS) / 2
_C: Final = math.cos(math.radians(PARALLELS[0])) ** 2 + 2 * _N * math.sin(math.radians(PARALLELS[0]))
_RHO0: Final = math.sqrt(_C) / _N


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """Where a point stands, x to the right and y downwards; degrees, WGS 84. It may lie outside the frame."""
    east = (longitude - MERIDIAN + 180) % 360 - 180
    rho = math.sqrt(_C - 2 * _N * math.sin(math.radians(latitude))) / _N
    theta = _N * math.radians(east)
    return LEFT + SCALE * rho * math.sin(theta), TOP - SCALE * (_RHO0 - rho * math.cos(theta))


def in_frame(x: float, y: float) -> bool:
    """Whether the map shows the point."""
    return 0 <= x <= WIDTH and 0 <= y <= HEIGHT
