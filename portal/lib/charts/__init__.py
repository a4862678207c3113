"""Numbers turned into geometry for the SVG partials of templates/charts/: no markup, no colour.

Across, everything is in percent of the drawing's width, so that one chart fits a phone, a desk
and a sheet of paper without its letters growing or shrinking; downwards it is in pixels.
Words are in the active language. Nothing is drawn for a figure that is not stated.
"""

from portal.lib.charts.bars import (
    Bar,
    FunnelRow,
    MonthBars,
    MonthFigure,
    Step,
    TargetBar,
    funnel,
    month_bars,
    target_bar,
)
from portal.lib.charts.curves import BurnUp, Mark, burn_up
from portal.lib.charts.scale import Number, Tick, round_ticks
from portal.lib.charts.timeline import Span, Timeline, TimelineRow, timeline

__all__ = [
    "Bar",
    "BurnUp",
    "FunnelRow",
    "Mark",
    "MonthBars",
    "MonthFigure",
    "Number",
    "Span",
    "Step",
    "TargetBar",
    "Tick",
    "Timeline",
    "TimelineRow",
    "burn_up",
    "funnel",
    "month_bars",
    "round_ticks",
    "target_bar",
    "timeline",
]
