"""Rasa graph components of our own: tokens and entities by spaCy, features by the sentence encoder."""
