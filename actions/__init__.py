"""Custom actions, one module for each skill.

Each is thin: read the turn, ask the layers below, reply. What people read stands in
``actions/texts/``, a file for each skill.
"""
