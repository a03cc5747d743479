"""Writers of headlines and briefs: the embedded one makes both languages from facts, with no model."""
