"""Waymark: a conversational guide through the internationalisation of industry clusters."""

__version__ = "0.1.0"
