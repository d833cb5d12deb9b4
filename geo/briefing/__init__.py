"""The briefing: slides to a deck that is shown and handed over. ``build.py`` makes a deck, the other modules only read it."""
