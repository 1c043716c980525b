"""A peer: the list that one writes first, with django-filter, joins, a GROUP BY for each facet, and a template."""
