"""The activations and error functions there are, by the names that a template gives them."""

from __future__ import annotations

from sheetprop.maths.activations import ACTIVATIONS, Activation
from sheetprop.maths.losses import LOSSES, Loss

__all__ = ["ACTIVATIONS", "LOSSES", "Activation", "Loss"]
